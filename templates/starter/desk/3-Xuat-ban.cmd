@echo off
setlocal DisableDelayedExpansion
chcp 65001 >nul
title Vitrine 3 - Xuat ban
rem Builds the site that is given to the public.
set "BIN=%~dp0vitrine.exe"
if not exist "%BIN%" set "BIN=%~dp0..\vitrine.exe"
set "KHO=%~dp0kho-cua-toi"
if exist "%~dp0content\site.yaml" set "KHO=%~dp0."
if not exist "%BIN%" goto nobin
if not exist "%KHO%\content\site.yaml" goto nokho
pushd "%KHO%"
"%BIN%" --lang vi build
set "CODE=%ERRORLEVEL%"
echo.
if "%CODE%"=="0" echo Trang đã dựng xong, mở bằng tệp: "%CD%\public\index.html"
if "%CODE%"=="0" echo The site is built; open the file named above.
if not "%CODE%"=="0" echo Chưa dựng được, trang cũ giữ nguyên; xem các dòng ở trên.
if not "%CODE%"=="0" echo Not built, the old site stays as it was; see the lines above.
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
