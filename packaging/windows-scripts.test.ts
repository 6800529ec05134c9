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

test('the new version is whole before the old one goes, wherever it was unpacked', () => {
  const at = (part: string): number => INSTALL.indexOf(part)
  const steps = ['StartsWith($target', 'WaitForExit', 'Copy-Item', 'Remove-Item -LiteralPath $target', 'Move-Item'].map(
    at,
  )
  expect(steps).toEqual(steps.filter((step) => step > 0).toSorted((a, b) => a - b))
  // Brackets would be taken for a pattern.
  const files = INSTALL.match(/(?:Copy-Item|Move-Item|Remove-Item|Test-Path|Get-ChildItem)[^|})\n]*/g)!
  expect(files.length).toBeGreaterThan(5)
  for (const one of files) expect(one).toContain('-LiteralPath')
})

test('nothing outside the own user is touched, and the library is left alone', () => {
  for (const script of [INSTALL, UNINSTALL]) expect(script).not.toMatch(/HKLM|HKCR:|RunAs|ProgramFiles/i)
  expect(UNINSTALL).not.toMatch(/(?:Remove-Item|rmdir)[^\n]*(?:\$library|algiers\\Data)/)
})

test('a model bundle that is double-clicked is handed to the program by its name, spaces and all', () => {
  expect(INSTALL).toContain(String.raw`New-Item "$classes\.algiers-model" -Value 'Algiers.Model' -Force | Out-Null`)
  expect(INSTALL).toContain(
    'New-Item "$classes\\Algiers.Model\\shell\\open\\command" -Value "`"$program`" `"%1`"" -Force | Out-Null',
  )
})
