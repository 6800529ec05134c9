import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { openStore } from '../platform/store/store.ts'
import { runAlgiers } from './run-algiers.fixture.ts'

const newDirectory = (): string => mkdtempSync(join(tmpdir(), 'algiers-usage-'))

test.each([
  [['foo'], "Unknown command 'foo'"],
  [['foo', '--json'], "Unknown command 'foo'"],
  [['lib'], "Unknown command 'lib' (Did you mean library?)"],
  [['trian'], "Unknown command 'trian' (Did you mean train?)"],
  [['library', 'foo'], "Unknown command 'foo'"],
  [['labels', 'imprt', 'x'], "Unknown command 'imprt' (Did you mean import?)"],
  [['--foo'], "Unknown option '--foo'"],
  [['serve', 'x'], "Too many arguments for 'serve'"],
  [['models', 'show', 'x'], 'It must be a version, such as v3'],
  [['set', 'delete', '0x1'], 'It must be a whole number above 0'],
  [['set', 'delete', ' 1'], 'It must be a whole number above 0'],
  [['set', 'delete', '1e0'], 'It must be a whole number above 0'],
])('algiers %j is wrong usage and says why', async (args, said) => {
  const { code, stderr } = await runAlgiers(newDirectory(), args)
  expect(code).toBe(2)
  expect(stderr).toContain(`Wrong usage: `)
  expect(stderr).toContain(said)
})

test.each([
  [['set', 'save', '', '--minutes', '5']],
  [['set', 'make', ' ', '1']],
  [['set', 'make', 'Fri\u001b[31mday', '1']],
  [['playlist', 'create', 'Fri\u202eday']],
  [['set', 'rename', '1', 'x'.repeat(201)]],
  [['set', 'copy', '1', '--name', '']],
  [['playlist', 'create', '']],
  [['playlist', 'create', 'A', '--folder', `Nights/${'x'.repeat(201)}`]],
  [['playlist', 'edit', '1', '--name', 'x'.repeat(201)]],
  [['playlist', 'duplicate', '1', '--name', ' ']],
])('algiers %j has no name that a playlist or a set can have', async (args) => {
  const { code, stderr } = await runAlgiers(newDirectory(), args)
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('It must be a name of 1 to 200 letters, none of them a control character.'),
  ])
})

test('the commands that there are follow, those of the group where one was named', async () => {
  const dataDir = newDirectory()
  expect((await runAlgiers(dataDir, ['foo'])).stderr).toMatch(/Commands: library, labels, .*`algiers --help`/)
  expect((await runAlgiers(dataDir, ['grid', 'foo'])).stderr).toMatch(/Commands: shift, .*`algiers grid --help`/)
})

test.each([[['--help']], [['-h']], [['--version']]])(
  'algiers %j is of the program, not of the command that is left out',
  async (args) => {
    const { code, stdout } = await runAlgiers(newDirectory(), args)
    expect(code).toBe(0)
    expect(stdout).toMatch(args[0] === '--version' ? /^\d+\.\d+\.\d+/ : /Usage: algiers \[options\] \[command\]/)
  },
)

test('a track is classified by the shipped model while none is active, and by name of its version', async () => {
  const dataDir = newDirectory()
  const store = openStore(dataDir)
  addFixtureTrack(store, { index: 0 })
  store.close()
  for (const args of [
    ['classify', '0.wav', '--json'],
    ['classify', '0.wav', '--model', 'v0', '--json'],
  ]) {
    const { code, document } = await runAlgiers(dataDir, args)
    expect(code).toBe(0)
    const { model_version, sections } = document<{ model_version: number; sections: { label: string }[] }>()
    expect(model_version).toBe(0)
    expect(sections.length).toBeGreaterThan(0)
  }
  await runAlgiers(dataDir, ['settings', 'set', 'base_model', 'false'])
  const { code, stderr } = await runAlgiers(dataDir, ['classify', '0.wav'])
  expect(code).toBe(1)
  expect(stderr).toMatch(/No model version is active[\s\S]*algiers models list/)
})
