# Installs Algiers for this user: copies it, and adds it to the Start menu, to the list of installed programs and to model bundles.
$ErrorActionPreference = 'Stop'
$source = [IO.Path]::GetDirectoryName($PSScriptRoot)
$target = Join-Path $env:LOCALAPPDATA 'Programs\Algiers'
$program = Join-Path $target 'Algiers.exe'

if ($source.StartsWith($target + '\', 'OrdinalIgnoreCase')) { throw "Move this folder out of $target, then run install again." }

$copy = "$target.new"
$old = "$target.old"
# A folder may have brackets in its name, hence the literal paths.
foreach ($left in $copy, $old) { if (Test-Path -LiteralPath $left) { Remove-Item -LiteralPath $left -Recurse -Force } }
if ($source -ne $target) {
  # Copied whole before the old version is touched: the disk may be full.
  New-Item $copy -ItemType Directory -Force | Out-Null
  Get-ChildItem -LiteralPath $source -Force | ForEach-Object { Copy-Item -LiteralPath $_.FullName -Destination $copy -Recurse }
  # Whoever has run this installation need not be asked again at each start.
  Get-ChildItem -LiteralPath $copy -Recurse -File | Unblock-File
}

# An older version may be running from there, and its files are free only once it has ended.
$running = @(Get-Process | Where-Object { $_.Path -and $_.Path.StartsWith($target + '\', 'OrdinalIgnoreCase') })
$running | Stop-Process -Force -ErrorAction SilentlyContinue
$running | ForEach-Object { $_.WaitForExit(10000) | Out-Null }
if (Test-Path -LiteralPath $copy) {
  # A folder is renamed or left as it is: where something holds a file of the old version, that one stays whole.
  if (Test-Path -LiteralPath $target) { Move-Item -LiteralPath $target -Destination $old }
  try { Move-Item -LiteralPath $copy -Destination $target }
  catch {
    if (Test-Path -LiteralPath $old) { Move-Item -LiteralPath $old -Destination $target }
    throw
  }
  if (Test-Path -LiteralPath $old) { Remove-Item -LiteralPath $old -Recurse -Force -ErrorAction SilentlyContinue }
}

$link = (New-Object -ComObject WScript.Shell).CreateShortcut((Join-Path ([Environment]::GetFolderPath('Programs')) 'Algiers.lnk'))
$link.TargetPath = $program
$link.WorkingDirectory = $target
$link.Description = 'Finds beats and sections in your music'
$link.Save()

$classes = 'HKCU:\Software\Classes'
New-Item "$classes\.algiers-model" -Value 'Algiers.Model' -Force | Out-Null
New-Item "$classes\Algiers.Model" -Value 'Algiers section model' -Force | Out-Null
New-Item "$classes\Algiers.Model\DefaultIcon" -Value "`"$program`",0" -Force | Out-Null
New-Item "$classes\Algiers.Model\shell\open\command" -Value "`"$program`" `"%1`"" -Force | Out-Null

$entry = New-Item 'HKCU:\Software\Microsoft\Windows\CurrentVersion\Uninstall\Algiers' -Force
$size = (Get-ChildItem -LiteralPath $target -Recurse -File | Measure-Object -Property Length -Sum).Sum
$values = @{
  DisplayName = 'Algiers'
  DisplayVersion = '@VERSION@'
  DisplayIcon = $program
  Publisher = 'The authors of Algiers'
  InstallLocation = $target
  EstimatedSize = [int]($size / 1024)
  NoModify = 1
  NoRepair = 1
  UninstallString = "powershell -NoProfile -WindowStyle Hidden -ExecutionPolicy Bypass -File `"$target\setup\uninstall.ps1`""
}
foreach ($name in $values.Keys) { New-ItemProperty $entry.PSPath -Name $name -Value $values[$name] -Force | Out-Null }

Start-Process $program
