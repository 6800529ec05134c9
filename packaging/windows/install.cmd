@echo off
rem Installs Algiers for this user alone. Nothing here asks for an administrator.
if not exist "%~dp0setup\install.ps1" (
  echo Extract the whole archive first: right-click it, and choose Extract All.
  pause
  exit /b 1
)
echo Installing Algiers for you. It opens when that is done, in about a minute.
powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0setup\install.ps1"
if errorlevel 1 pause
