import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readCorpus, referenceBoundaries } from './corpus.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-corpus-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (name: string, truth: unknown): void => {
  writeFileSync(join(folder, `${name}.ogg`), '')
  writeFileSync(join(folder, `${name}.json`), typeof truth === 'string' ? truth : JSON.stringify(truth))
}

const segment = (start: number, label: string, confidence = 'high', inner: number[] = []) => ({
  start,
  end: start + 10,
  label,
  confidence,
  inner_boundaries: inner,
})

test('a track with nothing but edges is read; what is missing is null', async () => {
  write('bare', { segments: [{ start: 0, end: 10 }] })
  const [track] = await readCorpus(folder)
  expect(track).toMatchObject({ id: 'bare', tempoBpm: null, beatTimes: null, downbeatTimes: null, artist: null })
  expect(track!.segments[0]!.label).toBeNull()
})

test('a boundary between drop and a verse of low confidence is neither hit nor miss, inner boundaries likewise', async () => {
  write('a', {
    segments: [
      segment(0, 'intro'),
      segment(10, 'drop', 'high', [15]),
      segment(20, 'verse', 'low'),
      segment(30, 'drop'),
      segment(40, 'break', 'low'),
      segment(50, 'verse', 'low'),
    ],
  })
  const [track] = await readCorpus(folder)
  expect(referenceBoundaries(track!)).toEqual({ scored: [10, 40, 50], ignored: [15, 20, 30] })
  expect(track!.segments.map(({ counts }) => counts)).toEqual([true, true, false, true, false, false])
})

test('doubtful beats are not scored', async () => {
  write('a', { id: 'a', tempo_bpm: 132, beat_check: { zero_vs_best: 0.53 } })
  write('b', { tempo_bpm: 132, file: 'b.ogg', beat_check: { zero_vs_best: 0.9 } })
  expect((await readCorpus(folder)).map(({ beatsCount }) => beatsCount)).toEqual([false, true])
})

test('broken files are named', async () => {
  write('broken', '{"id": ')
  await expect(readCorpus(folder)).rejects.toThrow('broken.json')
})
