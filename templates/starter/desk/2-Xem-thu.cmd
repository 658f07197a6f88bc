@echo off
setlocal DisableDelayedExpansion
chcp 65001 >nul
title Vitrine 2 - Xem thu
rem Shows the site in the browser, live while the content is edited.
set "BIN=%~dp0vitrine.exe"
if not exist "%BIN%" set "BIN=%~dp0..\vitrine.exe"
set "KHO=%~dp0kho-cua-toi"
if exist "%~dp0content\site.yaml" set "KHO=%~dp0."
if not exist "%BIN%" goto nobin
if not exist "%KHO%\content\site.yaml" goto nokho
set "NHAP="
echo Hiện cả bản ghi chưa công bố? Gõ c rồi Enter; chỉ Enter là không.
set /p "CHON=Also show unpublished records? Type c, then Enter; Enter alone for no: "
if /i "%CHON%"=="c" set "NHAP=--drafts"
if /i "%CHON%"=="y" set "NHAP=--drafts"
pushd "%KHO%"
"%BIN%" --lang vi serve --open %NHAP%
set "CODE=%ERRORLEVEL%"
popd
goto end
:nobin
echo Không thấy vitrine.exe bên cạnh tệp này. Hãy giải nén cả gói rồi chạy lại.
echo vitrine.exe is not beside this file. Unpack the whole archive, then run this again.
set "CODE=2"
goto end
:nokho
echo Không thấy kho (thư mục kho-cua-toi) bên cạnh tệp này.
echo There is no archive (folder kho-cua-toi) beside this file.
set "CODE=2"
:end
echo.
echo Nhấn phím bất kỳ để đóng cửa sổ. / Press any key to close.
pause >nul
exit /b %CODE%
