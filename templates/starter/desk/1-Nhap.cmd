@echo off
setlocal DisableDelayedExpansion
chcp 65001 >nul
title Vitrine 1 - Nhap
rem Takes the .csv sheet that was dropped on it, or asks for one.
set "BIN=%~dp0vitrine.exe"
if not exist "%BIN%" set "BIN=%~dp0..\vitrine.exe"
set "KHO=%~dp0kho-cua-toi"
if exist "%~dp0content\site.yaml" set "KHO=%~dp0."
set "BANG=%~f1"
if not exist "%BIN%" goto nobin
if not exist "%KHO%\content\site.yaml" goto nokho
if defined BANG goto fonds
echo Nhập bảng kê CSV vào kho. Có thể kéo thả tệp .csv lên biểu tượng này.
echo Imports a CSV sheet. A .csv file can also be dropped on this icon.
set /p "BANG=Tệp CSV / CSV file: "
if not defined BANG goto nothing
set "BANG=%BANG:"=%"
for %%F in ("%BANG%") do set "BANG=%%~fF"
:fonds
if not exist "%BANG%" goto nobang
echo Bảng kê / Sheet: "%BANG%"
set /p "PHONG=Mã phông, ví dụ phong-02 / Fonds id, such as phong-02: "
if not defined PHONG goto nothing
set "PHONG=%PHONG:"=%"
set /p "ANH=Thư mục ảnh, để trống nếu không có / Folder of scans, empty for none: "
if not defined ANH goto run
set "ANH=%ANH:"=%"
if "%ANH:~-1%"=="\" set "ANH=%ANH:~0,-1%"
for %%F in ("%ANH%") do set "ANH=%%~fF"
:run
pushd "%KHO%"
if defined ANH goto withmedia
"%BIN%" --lang vi import csv "%BANG%" --fonds "%PHONG%"
goto done
:withmedia
"%BIN%" --lang vi import csv "%BANG%" --fonds "%PHONG%" --media "%ANH%"
:done
set "CODE=%ERRORLEVEL%"
popd
echo.
if "%CODE%"=="0" echo Đã nhập. Bản ghi mới chưa công bố cho đến khi được xét và có quyết định. Tiếp theo: 2-Xem-thu.cmd
if "%CODE%"=="0" echo Imported. New records stay unpublished until they are reviewed and cleared. Next: 2-Xem-thu.cmd
if "%CODE%"=="4" echo CHỈ NHẬP ĐƯỢC MỘT PHẦN: có dòng bị bỏ lại, nêu ở trên. Sửa bảng rồi nhập lại.
if "%CODE%"=="4" echo IMPORTED IN PART: the rows named above were left out. Correct the sheet and import it again.
if "%CODE%"=="4" goto end
if not "%CODE%"=="0" echo Chưa nhập được; xem các dòng ở trên. / Not imported; see the lines above.
goto end
:nobin
echo Không thấy vitrine.exe bên cạnh tệp này. Hãy giải nén cả gói rồi chạy lại.
echo vitrine.exe is not beside this file. Unpack the whole archive, then run this again.
goto failed
:nokho
echo Không thấy kho (thư mục kho-cua-toi) bên cạnh tệp này.
echo There is no archive (folder kho-cua-toi) beside this file.
goto failed
:nobang
echo Không thấy tệp / No such file: "%BANG%"
goto failed
:nothing
echo Chưa nhập gì. / Nothing was imported.
:failed
set "CODE=2"
:end
echo.
echo Nhấn phím bất kỳ để đóng cửa sổ. / Press any key to close.
pause >nul
exit /b %CODE%
