import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { rekordboxXmlOf } from '../engine/exchange/rekordbox-xml.fixture.ts'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { openStore } from '../platform/store/store.ts'
import { runAlgiers, talkToAlgiers } from './run-algiers.fixture.ts'

let folder = ''
const dataDir = () => join(folder, 'data')
const args = (...more: readonly string[]) => ['exchange', 'import', join(folder, 'rekordbox.xml'), ...more]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-asked-'))
  const marks = [
    { name: 'Ooze', start: 0 },
    { name: 'Wumm', start: 16 },
    { name: 'Shout', start: 24 },
    { name: 'Ooze', start: 32 },
  ]
  writeFileSync(join(folder, 'rekordbox.xml'), rekordboxXmlOf([{ path: '/gone/0.wav', marks }]))
  const store = openStore(dataDir())
  store.settings.set('base_model', false)
  addFixtureTrack(store, { index: 0 })
  store.close()
})
afterEach(() => rmSync(folder, { recursive: true }))

const kept = (): unknown => {
  const store = openStore(dataDir())
  try {
    return Object.fromEntries(store.cueNames.ofProgram('rekordbox'))
  } finally {
    store.close()
  }
}

test('at a terminal, names that are not understood are asked about, those of most cues first, and answers are kept', async () => {
  const first = await talkToAlgiers(dataDir(), args(), ['4', 'what?', '0', ''])
  expect(first.stderr).toMatch(/What begins at a cue called “Ooze”\? 2 cues on 1 track: “.+” at 0:00\./)
  expect(first.stderr.match(/What begins at a cue called “Shout”/g)).toHaveLength(1)
  // After what is no answer the choices are shown again.
  expect(first.stderr.match(/1 intro {2}2 build/g)).toHaveLength(4)
  expect(kept()).toEqual({ ooze: 'break', shout: null })
  expect(first.stdout).toContain('not understood: "Wumm", 1 cue')
  expect(first.stderr).toContain('for example --map "Wumm=break".')
  const again = await talkToAlgiers(dataDir(), args(), ['drop'])
  expect(again.stderr).not.toContain('Ooze')
  expect(kept()).toEqual({ ooze: 'break', shout: null, wumm: 'drop' })
  const last = await talkToAlgiers(dataDir(), args(), [])
  expect(last.stderr).not.toContain('What begins')
})

test('whoever leaves at the first question leaves all open, and the import is made', async () => {
  const { code, stdout } = await talkToAlgiers(dataDir(), args(), [])
  expect(code).toBe(0)
  expect(stdout).toContain('0 sections suggested on 0 tracks')
  expect(kept()).toEqual({})
})

test('scripts are told beforehand, and never asked', async () => {
  const { document } = await talkToAlgiers(dataDir(), args('--json', '--dry-run', '--map', 'ooze 2=break'), ['1'])
  expect(document<{ suggestions: number }>().suggestions).toBe(2)
  expect(kept()).toEqual({})
  const quiet = await talkToAlgiers(dataDir(), args('--no-questions', '--map', 'Wumm=DROP', '--map', 'Shout=none'), [
    '1',
  ])
  expect(quiet.stderr).not.toContain('What begins')
  expect(quiet.stderr).toContain('--map "Ooze=break"')
  expect(kept()).toEqual({ wumm: 'drop', shout: null })
})

test.each([
  ['Ooze', /such as "Ooze=break"/],
  ['Ooze=solo', /intro, build, drop, break, outro, verse, chorus or none/],
  ['Hot Cue A=drop', /programs call cues so by themselves/],
  ['=drop', /such as "Ooze=break"/],
])('--map %s is refused in words', async (meaning, words) => {
  const { code, stderr } = await runAlgiers(dataDir(), args('--map', meaning))
  expect(code).toBe(2)
  expect(stderr).toMatch(words)
})
