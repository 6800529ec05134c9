/** What can be told of the scripts for Windows without Windows: that they are PowerShell, and that the one takes back what the other does. */
import { createRequire } from 'node:module'
import { beforeAll, expect, test } from 'vitest'
import { Language, type Node, Parser } from 'web-tree-sitter'
import { text } from './texts.ts'

const INSTALL = text('windows/install.ps1', { VERSION: '1.2.3' })
const UNINSTALL = text('windows/uninstall.ps1')
const GRAMMAR = createRequire(import.meta.url).resolve('tree-sitter-powershell/tree-sitter-powershell.wasm')

let parser: Parser
beforeAll(async () => {
  await Parser.init()
  parser = new Parser().setLanguage(await Language.load(GRAMMAR))
})

/** Lines that the grammar cannot make sense of. */
const faultsIn = (script: string): readonly string[] => {
  const lines = script.split('\n')
  const faults = (node: Node): readonly string[] =>
    node.isError || node.isMissing
      ? [lines[node.startPosition.row]!]
      : node.children.flatMap((child) => (child === null ? [] : faults(child)))
  return faults(parser.parse(script)!.rootNode)
}

test.each([
  ['install.ps1', INSTALL],
  ['uninstall.ps1', UNINSTALL],
])('%s is whole, and a slip in it would be seen', (_name, script) => {
  expect(faultsIn(script)).toEqual([])
  expect(faultsIn(script.replace('{', ''))).not.toEqual([])
})

/** Below which key of the registry each thing lies that the script makes. */
const madeKeys = [...INSTALL.matchAll(/New-Item ["'](?:HKCU:\\Software|\$classes)\\([^"']+)["']/g)].map(
  ([whole, rest]) => (whole.includes('$classes') ? `Classes\\${rest}` : rest!),
)

test('what the installation puts into the registry and the Start menu is removed again', () => {
  expect(madeKeys.length).toBeGreaterThan(4)
  const removed = [...UNINSTALL.matchAll(/'([^'\s]+\\[^'\s]+)'/g)].map(([, key]) => key!)
  for (const key of madeKeys)
    expect(
      removed.some((one) => key === one || key.startsWith(`${one}\\`)),
      key,
    ).toBe(true)
  for (const script of [INSTALL, UNINSTALL]) {
    expect(script).toContain("[Environment]::GetFolderPath('Programs')) 'Algiers.lnk'")
    expect(script).toContain(String.raw`$target = Join-Path $env:LOCALAPPDATA 'Programs\Algiers'`)
  }
})

test('the new version is whole before the old one is touched, which comes back where it cannot be replaced', () => {
  const STEPS = [
    'StartsWith($target',
    'Copy-Item',
    'Unblock-File',
    'Stop-Process',
    'WaitForExit',
    'Move-Item -LiteralPath $target -Destination $old',
    'Move-Item -LiteralPath $copy -Destination $target',
    'Move-Item -LiteralPath $old -Destination $target',
    'throw',
    'Remove-Item -LiteralPath $old',
  ]
  const from = INSTALL.indexOf(STEPS[0]!)
  const ends = STEPS.map((step, index) =>
    INSTALL.indexOf(step, index === 0 ? 0 : INSTALL.indexOf(STEPS[index - 1]!, from)),
  )
  expect(ends).not.toContain(-1)
  expect(ends).toEqual(ends.toSorted((a, b) => a - b))
  // What is in use is renamed as a whole or not at all; deleted, it would go file by file.
  expect(INSTALL).not.toContain('Remove-Item -LiteralPath $target')
  // Brackets would be taken for a pattern.
  const files = INSTALL.match(/(?:Copy-Item|Move-Item|Remove-Item|Test-Path|Get-ChildItem)[^|})\n]*/g)!
  expect(files.length).toBeGreaterThan(5)
  for (const one of files) expect(one).toContain('-LiteralPath')
})

test('the script lies in a folder of the download, and copies all that lies around that', () => {
  expect(INSTALL).toContain('$source = [IO.Path]::GetDirectoryName($PSScriptRoot)')
  expect(INSTALL.match(/PSScriptRoot/g)).toHaveLength(1)
  expect(text('windows/install.cmd')).toContain(String.raw`-File "%~dp0setup\install.ps1"`)
})

test('nothing outside the own user is touched', () => {
  for (const script of [INSTALL, UNINSTALL]) expect(script).not.toMatch(/HKLM|HKCR:|RunAs|ProgramFiles/i)
})

test('what the browser has kept of the window goes, also where the version before had it', () => {
  const windows = [...UNINSTALL.matchAll(/Join-Path \$env:(\w+) '(algiers\\[^']*window)'/gi)]
  expect(windows.map(([, variable, place]) => `${variable} ${place}`)).toEqual([
    String.raw`LOCALAPPDATA algiers\Window`,
    String.raw`APPDATA algiers\Config\window`,
  ])
  expect(UNINSTALL).toContain('Remove-Item -LiteralPath $window -Recurse')
})

test('the library is deleted by the program alone, after a question that is answered with no beforehand', () => {
  expect(UNINSTALL).not.toMatch(/(?:Remove-Item|rmdir)[^\n]*(?:\$library|algiers\\Data)/)
  const [question, deletion, gone] = ['4 + 32 + 256) -eq 6', 'library delete --yes', 'rmdir'].map((part) =>
    UNINSTALL.indexOf(part),
  )
  expect(question).toBeGreaterThan(0)
  expect(deletion).toBeGreaterThan(question!)
  expect(gone).toBeGreaterThan(deletion!)
  expect(UNINSTALL.match(/library delete/g)).toHaveLength(1)
})

test('the shells of Windows read the scripts as they were written, whatever the code page', () => {
  for (const name of ['install.ps1', 'uninstall.ps1', 'install.cmd', 'algiers.cmd'])
    expect(text(`windows/${name}`, { VERSION: '1.2.3' }), name).toMatch(/^[\n -~]+$/)
})

test('a folder may have spaces, brackets and ampersands in its name', () => {
  for (const name of ['install.cmd', 'algiers.cmd']) {
    // Each word of a command that names a place on the disk.
    const places = text(`windows/${name}`).match(/.?%~dp0[^\s]*/g)!
    expect(places.length).toBeGreaterThan(0)
    for (const place of places) expect(place, name).toMatch(/^"%~dp0[\w\\.]+"$/)
  }
  expect(UNINSTALL).toContain('rmdir /s /q `"$folder`"')
  expect(INSTALL).toContain('-File `"$target\\setup\\uninstall.ps1`"')
})

test('a model bundle that is double-clicked is handed to the program by its name, spaces and all', () => {
  expect(INSTALL).toContain(String.raw`New-Item "$classes\.algiers-model" -Value 'Algiers.Model' -Force | Out-Null`)
  expect(INSTALL).toContain(
    'New-Item "$classes\\Algiers.Model\\shell\\open\\command" -Value "`"$program`" `"%1`"" -Force | Out-Null',
  )
})
