import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from '../../platform/store/store.ts'
import { inlineRunner } from '../../platform/workers/inline-runner.fixture.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { addFixtureTrack } from '../kit/library.fixture.ts'
import { type AskingLibrary, type BringInJob, bringIn } from './bring-in.ts'
import { rekordboxXmlOf } from './rekordbox-xml.fixture.ts'

let folder = ''
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-answers-'))
  store = openStore(join(folder, 'library'))
  store.settings.set('baseModel', false)
  addFixtureTrack(store, { index: 0 })
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const put = (name: string, marks: readonly string[], change = (xml: string): string => xml): void => {
  const placed = marks.map((given, at) => ({ name: given, start: 8 * at }))
  writeFileSync(join(folder, name), change(rekordboxXmlOf([{ path: '/gone/0.wav', marks: placed }])))
}
const ofTraktor = (marks: readonly string[]): void => {
  const cues = marks.map((name, at) => `<CUE_V2 NAME="${name}" TYPE="0" START="${8000 * at}" LEN="0" HOTCUE="${at}"/>`)
  writeFileSync(
    join(folder, 'collection.nml'),
    `<NML VERSION="19"><HEAD PROGRAM="Traktor"/><COLLECTION ENTRIES="1"><ENTRY TITLE="T"><LOCATION DIR="/:gone/:" FILE="0.wav" VOLUME=""/>${cues.join('')}</ENTRY></COLLECTION></NML>`,
  )
}

let looks = 0
const counting: TaskRunner = {
  ...inlineRunner,
  run: (name, ...rest) => {
    if (name === 'lookThrough') looks++
    return inlineRunner.run(name, ...rest)
  },
}
const bring = (job: Omit<BringInJob, 'isDryRun'>, answers?: Parameters<typeof bringIn>[1]['answers']) =>
  bringIn(
    { store, pool: counting, ears: null as never, emit: () => {} },
    { path: folder, answers },
    { isDryRun: false, ...job },
  )
const kept = (program: string) => Object.fromEntries(store.cueNames.ofProgram(program))

test('whoever is asked is asked between looking and bringing in, which looks once', async () => {
  put('rekordbox.xml', ['Ooze', 'Wumm'])
  looks = 0
  const asked: (readonly AskingLibrary[])[] = []
  const { libraries } = await bring({
    ask: async (found) => {
      asked.push(found)
      return [{ key: 'ooze', kind: 'break' }]
    },
  })
  expect([looks, asked.length]).toEqual([1, 1])
  expect(asked[0]!.map(({ program, questions }) => [program, questions.map(({ key }) => key)])).toEqual([
    ['rekordbox', ['ooze', 'wumm']],
  ])
  expect(libraries[0]).toMatchObject({
    suggestions: 1,
    questions: [{ key: 'wumm' }],
    known: [{ key: 'ooze', kind: 'break', isAnswered: true }],
  })
  expect(kept('rekordbox')).toEqual({ ooze: 'break' })
})

test('an answer is kept for the program that it was given for, and one for all is kept for each', async () => {
  put('rekordbox.xml', ['Ooze', 'Wumm'])
  ofTraktor(['Ooze', 'Shout'])
  const { libraries } = await bring({}, [
    { key: 'ooze', kind: 'break', program: 'rekordbox' },
    { key: 'shout', kind: 'drop', program: 'Traktor' },
    { key: 'wumm', kind: null },
  ])
  expect([kept('rekordbox'), kept('Traktor')]).toEqual([
    { ooze: 'break', wumm: null },
    { shout: 'drop', wumm: null },
  ])
  expect(libraries.map(({ program, questions }) => [program, questions.map(({ key }) => key)])).toEqual([
    ['Traktor', ['ooze']],
    ['rekordbox', []],
  ])
})
