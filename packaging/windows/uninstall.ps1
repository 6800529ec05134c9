# Removes what install.ps1 has made. The library stays.
$target = Join-Path $env:LOCALAPPDATA 'Programs\Algiers'
$running = @(Get-Process | Where-Object { $_.Path -and $_.Path.StartsWith($target + '\', 'OrdinalIgnoreCase') })
$running | Stop-Process -Force -ErrorAction SilentlyContinue
$running | ForEach-Object { $_.WaitForExit(10000) | Out-Null }
Remove-Item (Join-Path ([Environment]::GetFolderPath('Programs')) 'Algiers.lnk') -ErrorAction SilentlyContinue
foreach ($key in 'Classes\.algiers-model', 'Classes\Algiers.Model', 'Microsoft\Windows\CurrentVersion\Uninstall\Algiers') {
  Remove-Item "HKCU:\Software\$key" -Recurse -Force -ErrorAction SilentlyContinue
}
# A start at login that the settings of the page have made.
Remove-ItemProperty 'HKCU:\Software\Microsoft\Windows\CurrentVersion\Run' -Name Algiers -ErrorAction SilentlyContinue
# A script cannot remove the folder it runs from at once, nor one that somebody works in.
Start-Process cmd -WindowStyle Hidden -WorkingDirectory $env:SystemRoot -ArgumentList "/c timeout /t 2 >nul & rmdir /s /q `"$target`""
$library = Join-Path $env:LOCALAPPDATA 'algiers\Data'
(New-Object -ComObject WScript.Shell).Popup("Algiers is removed. Your library stays in $library.", 0, 'Algiers') | Out-Null
