@echo off
setlocal
rem What is set for other programs is not meant for this Node, which some of it keeps from starting.
set NODE_OPTIONS=
set NODE_PATH=
set NODE_ICU_DATA=
set NODE_DEBUG=
set OPENSSL_CONF=
"%~dp0..\runtime\node.exe" "%~dp0..\app\lib\cli\main.js" %*
