import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { resample } from '../../core/audio/resample.ts'
import { secondsToBeats } from '../../core/beats/beat-grid.ts'
import { estimateGrid } from '../../core/beats/estimate-grid.ts'
import { extractFeatures } from '../../core/features/extract-features.ts'
import { prepareTrack } from '../../core/features/track-context.ts'
import { decodeSections } from '../../core/sections/decode-sections.ts'
import { generateTrack } from '../../demo/generate-track.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { addFixtureTrack } from '../kit/library.fixture.ts'
import { listSuggestions } from '../labelling/suggestions.ts'
import { BASE_MODEL_VERSION, proposingVersion, readBaseModel } from './base-model.ts'
import { readModelVersion } from './section-model-file.ts'

const ASSETS = new URL('../../../assets/base-model/', import.meta.url)

let folder = ''
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-base-'))
  store = openStore(join(folder, 'data'))
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const codeOf = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    return (error as { code: string }).code
  }
}

test('the shipped model fits the features of this version and hears most bars of a track it never met', async () => {
  const model = readBaseModel()
  const { audio, truth } = await generateTrack(9700, 'trance')
  const mono = { samples: resample(audio.planes[0]!, audio.sampleRate), sampleRate: 22050 }
  const grid = estimateGrid(mono)
  const sections = decodeSections(model, prepareTrack(extractFeatures(mono, grid), grid), grid)
  const kindAt = (seconds: number): string | undefined => {
    const beat = secondsToBeats(grid, seconds)
    return sections.find(({ startBeat, endBeat }) => startBeat <= beat && beat < endBeat)?.kind
  }
  const bars = truth.downbeat_times.map((seconds) => seconds + 0.1)
  const right = bars.filter(
    (seconds) => truth.segments.find(({ start, end }) => start <= seconds && seconds < end)?.label === kindAt(seconds),
  )
  expect(right.length / bars.length).toBeGreaterThan(0.7)
})

test('it proposes while no version is active, unless it is switched off', () => {
  expect(proposingVersion(store)).toBe(BASE_MODEL_VERSION)
  store.settings.set('base_model', false)
  expect(proposingVersion(store)).toBeNull()
  store.settings.set('base_model', true)
  store.models.publish({ version: 1, onnx: new Uint8Array([1]), card: {} })
  expect(proposingVersion(store)).toBe(BASE_MODEL_VERSION)
  store.models.activate(1)
  expect(proposingVersion(store)).toBe(1)
})

test('what it read is suggested, never a section, and is gone with the switch or with an active version', () => {
  const trackId = addFixtureTrack(store, { index: 0 })
  const { gridDigest, featureSpecDigest } = store.analyses.get(trackId)!
  const section = {
    startBeat: 0,
    endBeat: 32,
    kind: 'intro' as const,
    runnerUp: 'drop' as const,
    confidence: 0.8,
    probabilities: { intro: 0.8, build: 0, drop: 0.2, break: 0, outro: 0, verse: 0, chorus: 0 },
    evidence: [],
  }
  store.sections.put({
    trackId,
    modelVersion: BASE_MODEL_VERSION,
    gridDigest,
    specDigest: featureSpecDigest,
    sections: [section],
  })
  expect(listSuggestions(store)).toMatchObject([
    { id: 'v0-intro-0-32', origin: { kind: 'model', version: 0 }, kind: 'intro', confidence: 0.8 },
  ])
  store.settings.set('base_model', false)
  expect(listSuggestions(store)).toEqual([])
  store.settings.set('base_model', true)
  store.models.publish({ version: 1, onnx: new Uint8Array([1]), card: {} })
  store.models.activate(1)
  expect(listSuggestions(store)).toEqual([])
})

test('a base model that is missing, damaged or of another version is told by its code', () => {
  const here = pathToFileURL(`${folder}/`)
  expect(codeOf(() => readBaseModel(here))).toBe('MODEL_NOT_FOUND')
  for (const name of ['base-sections.json', 'base-sections.onnx'])
    copyFileSync(new URL(name, ASSETS), new URL(name, here))
  expect(codeOf(() => readBaseModel(here).kinds.length)).toBe(readModelVersion(store, BASE_MODEL_VERSION).kinds.length)
  const bytes = readFileSync(new URL('base-sections.onnx', here))
  bytes[bytes.length >> 1]! ^= 1
  writeFileSync(new URL('base-sections.onnx', here), bytes)
  expect(codeOf(() => readBaseModel(here))).toBe('MODEL_CORRUPT')
  const card = JSON.parse(readFileSync(new URL('base-sections.json', ASSETS), 'utf8'))
  writeFileSync(new URL('base-sections.json', here), JSON.stringify({ ...card, version: -1 }))
  expect(codeOf(() => readBaseModel(here))).toBe('MODEL_NOT_FOUND')
})
