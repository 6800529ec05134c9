# Removes what install.ps1 has made. The library stays, unless its owner says here that it is to go.
$target = Join-Path $env:LOCALAPPDATA 'Programs\Algiers'
# A folder that somebody works in cannot be removed.
[Environment]::CurrentDirectory = $env:SystemRoot
$running = @(Get-Process | Where-Object { $_.Path -and $_.Path.StartsWith($target + '\', 'OrdinalIgnoreCase') })
$running | Stop-Process -Force -ErrorAction SilentlyContinue
$running | ForEach-Object { $_.WaitForExit(10000) | Out-Null }
Remove-Item -LiteralPath (Join-Path ([Environment]::GetFolderPath('Programs')) 'Algiers.lnk') -ErrorAction SilentlyContinue
foreach ($key in 'Classes\.algiers-model', 'Classes\Algiers.Model', 'Microsoft\Windows\CurrentVersion\Uninstall\Algiers') {
  Remove-Item "HKCU:\Software\$key" -Recurse -Force -ErrorAction SilentlyContinue
}
# A start at login that the settings of the page have made.
Remove-ItemProperty 'HKCU:\Software\Microsoft\Windows\CurrentVersion\Run' -Name Algiers -ErrorAction SilentlyContinue
# What the browser keeps of the window, now and in the version before; nothing of the library is there.
foreach ($window in (Join-Path $env:LOCALAPPDATA 'algiers\Window'), (Join-Path $env:APPDATA 'algiers\Config\window')) {
  Remove-Item -LiteralPath $window -Recurse -Force -ErrorAction SilentlyContinue
}

# The program itself knows where the library lies, and deletes nothing but what it has made.
$node = Join-Path $target 'runtime\node.exe'
$main = Join-Path $target 'app\lib\cli\main.js'
$env:NODE_OPTIONS = $null
$library = Join-Path $env:LOCALAPPDATA 'algiers\Data'
$exists = $false
try {
  [Console]::OutputEncoding = New-Object Text.UTF8Encoding $false
  $where = & $node $main library where --json | Out-String | ConvertFrom-Json
  if ($where.data_dir) { $library = $where.data_dir }
  $exists = [bool]$where.exists
} catch { $exists = $false }
$shell = New-Object -ComObject WScript.Shell
$words = "Algiers is removed. Your library stays in $library."
if (-not $exists) { $shell.Popup($words, 0, 'Algiers', 64) | Out-Null }
else {
  $question = "$words`n`nDelete it as well, with your labels, models and copies? That cannot be taken back. Your music is not touched."
  # Yes and No, of which No is chosen beforehand; 6 is Yes.
  if ($shell.Popup($question, 0, 'Algiers', 4 + 32 + 256) -eq 6) {
    & $node $main library delete --yes | Out-Null
    $told = if ($LASTEXITCODE -eq 0) { 'Your library is deleted.' } else { "Your library could not be deleted. It is still in $library." }
    $shell.Popup($told, 0, 'Algiers', 64) | Out-Null
  }
}

# A script cannot remove the folder it runs from at once.
foreach ($folder in $target, "$target.new", "$target.old") {
  Start-Process cmd -WindowStyle Hidden -WorkingDirectory $env:SystemRoot -ArgumentList "/c timeout /t 2 >nul & rmdir /s /q `"$folder`""
}
