# Installs Algiers for this user: copies it, and adds it to the Start menu, to the list of installed programs and to model bundles.
$ErrorActionPreference = 'Stop'
$target = Join-Path $env:LOCALAPPDATA 'Programs\Algiers'
$program = Join-Path $target 'Algiers.exe'

if ($PSScriptRoot.StartsWith($target + '\', 'OrdinalIgnoreCase')) { throw "Move this folder out of $target, then run install again." }

# An older version may be running from there, and its files are free only once it has ended.
$running = @(Get-Process | Where-Object { $_.Path -and $_.Path.StartsWith($target + '\', 'OrdinalIgnoreCase') })
$running | Stop-Process -Force -ErrorAction SilentlyContinue
$running | ForEach-Object { $_.WaitForExit(10000) | Out-Null }
if ($PSScriptRoot -ne $target) {
  # Copied whole before the old version goes: the disk may be full. A folder may have brackets in its name, hence the literal paths.
  $copy = "$target.new"
  if (Test-Path -LiteralPath $copy) { Remove-Item -LiteralPath $copy -Recurse -Force }
  New-Item $copy -ItemType Directory -Force | Out-Null
  Get-ChildItem -LiteralPath $PSScriptRoot -Force | ForEach-Object { Copy-Item -LiteralPath $_.FullName -Destination $copy -Recurse }
  if (Test-Path -LiteralPath $target) { Remove-Item -LiteralPath $target -Recurse -Force }
  Move-Item -LiteralPath $copy -Destination $target
}

$link = (New-Object -ComObject WScript.Shell).CreateShortcut((Join-Path ([Environment]::GetFolderPath('Programs')) 'Algiers.lnk'))
$link.TargetPath = $program
$link.WorkingDirectory = $target
$link.Description = 'Finds beats and sections in your music'
$link.Save()

$classes = 'HKCU:\Software\Classes'
New-Item "$classes\.algiers-model" -Value 'Algiers.Model' -Force | Out-Null
New-Item "$classes\Algiers.Model" -Value 'Algiers section model' -Force | Out-Null
New-Item "$classes\Algiers.Model\DefaultIcon" -Value "$program,0" -Force | Out-Null
New-Item "$classes\Algiers.Model\shell\open\command" -Value "`"$program`" `"%1`"" -Force | Out-Null

$entry = New-Item 'HKCU:\Software\Microsoft\Windows\CurrentVersion\Uninstall\Algiers' -Force
$values = @{
  DisplayName = 'Algiers'
  DisplayVersion = '@VERSION@'
  DisplayIcon = "$program,0"
  InstallLocation = $target
  UninstallString = "powershell -NoProfile -ExecutionPolicy Bypass -File `"$target\uninstall.ps1`""
}
foreach ($name in $values.Keys) { New-ItemProperty $entry.PSPath -Name $name -Value $values[$name] -Force | Out-Null }

Start-Process $program
