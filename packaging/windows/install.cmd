@echo off
rem Installs Algiers for this user alone. Nothing here asks for an administrator.
powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0install.ps1"
if errorlevel 1 pause
