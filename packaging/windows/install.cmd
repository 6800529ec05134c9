@echo off
rem Installs Algiers for this user alone. Nothing here asks for an administrator.
if not exist "%~dp0setup\install.ps1" (
  echo Extract the whole archive first: right-click it, and choose Extract All.
  pause
  exit /b 1
)
powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0setup\install.ps1"
if errorlevel 1 pause
