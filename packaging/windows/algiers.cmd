@"%~dp0runtime\node.exe" "%~dp0app\lib\cli\main.js" %*
