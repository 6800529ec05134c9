/** What is heard in the browser is what is rendered: the same decks, mixed by Web Audio and by the renderer, sample by sample. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeTestTrack } from '../src/cli/test-track.fixture.ts'
import { constantGrid } from '../src/core/beats/constant-grid.fixture.ts'
import type { StereoBlock } from '../src/core/mixing/deck-reader.ts'
import { mixBlocks } from '../src/core/mixing/mix-blocks.ts'
import { planMix } from '../src/core/mixing/plan-mix.ts'
import { renderDeck } from '../src/platform/mixing/render-mix.ts'
import { browserPath, openPage } from './browser.fixture.ts'

const RATE = 44_100
const BPM = [124, 127] as const
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-heard-'))
  for (const [index, bpm] of BPM.entries())
    writeTestTrack(join(folder, `${index}.wav`), { bpm, seed: index + 1, rootHz: 55 })
})
afterAll(() => rmSync(folder, { recursive: true }))

const tracks = BPM.map((bpm) => ({
  title: String(bpm),
  grid: constantGrid(bpm, 64),
  durationSeconds: (64 * 60) / bpm,
  loudnessLufs: -12,
  truePeakDb: -1,
}))
const move = { fromBeat: 44, toBeat: 4, beats: 16, curve: 'bass swap' as const, bassSwapBeat: 8, nudgeMs: 0 }
const mix = planMix(tracks, [move])
const range = { startSeconds: mix.overlaps[0]!.startSeconds - 2, endSeconds: mix.overlaps[0]!.endSeconds + 2 }

/** The very module of the page as a script that leaves its functions on the window. */
const pageScript = async (): Promise<string> => {
  const built = await build({
    logLevel: 'silent',
    configFile: false,
    build: {
      write: false,
      minify: false,
      lib: { entry: 'src/web/audition/deck-graph.ts', formats: ['iife'], name: 'deckGraph' },
    },
  })
  const [{ output }] = built as unknown as [{ output: { code: string }[] }]
  return `${output[0]!.code};window.deckGraph = deckGraph`
}

const samplesOf = (bytes: Uint8Array, channel: number): Float32Array => {
  const values = new Int16Array(Uint8Array.from(bytes.subarray(44)).buffer)
  return Float32Array.from({ length: values.length / 2 }, (_, n) => values[2 * n + channel]! / 32_768)
}
const level = (plane: Float32Array): number =>
  10 * Math.log10(plane.reduce((sum, value) => sum + value ** 2, 0) / plane.length + 1e-12)

describe.skipIf(browserPath === undefined)('the sound of an audition', () => {
  test('is that of the rendered file', async () => {
    const signal = new AbortController().signal
    const sources = { mix, sources: [0, 1].map((n) => ({ path: join(folder, `${n}.wav`) })), folder }
    // The time-stretch draws some of its phases at random, so both are mixed from the same decks.
    const files = await Promise.all([0, 1].map((deck) => renderDeck(sources, deck, range, { signal })))
    const first = Math.round(range.startSeconds * RATE)
    const open = async (deck: number, from: number) => {
      const [left, right] = [0, 1].map((channel) => samplesOf(files[deck]!, channel))
      let at = from - first
      const read = (frames: number): StereoBlock => {
        const part = (plane: Float32Array): Float32Array => plane.slice(at, at + frames)
        const block = [part(left!), part(right!)] as const
        at += frames
        return block
      }
      return { read, close: () => {} }
    }
    const mixed: number[] = []
    for await (const [left] of mixBlocks(mix, range, { open, sampleRate: RATE })) mixed.push(...left)
    const rendered = Float32Array.from(mixed)
    const decks = files.map((bytes) => Buffer.from(bytes).toString('base64'))
    const { page, close } = await openPage('about:blank')
    await page.evaluate(await pageScript())
    const given = {
      files: decks,
      rate: RATE,
      range,
      mix: {
        decks: mix.decks.map(({ map: _, ...deck }) => deck),
        overlaps: mix.overlaps.map(({ beatSeconds: _, ...overlap }) => overlap),
      },
    }
    const heard: readonly number[] = await page.evaluate(`(async ({ files, mix, range, rate }) => {
      const length = Math.round((range.endSeconds - range.startSeconds) * rate)
      const context = new OfflineAudioContext(2, length, rate)
      const bytesOf = (file) => Uint8Array.from(atob(file), (at) => at.charCodeAt(0)).buffer
      const buffers = await Promise.all(files.map((file) => context.decodeAudioData(bytesOf(file))))
      window.deckGraph.playDecks(context, { mix, range, buffers, nudgeMs: 0 }, { position: 0, when: 0 })
      return [...(await context.startRendering()).getChannelData(0)]
    })(${JSON.stringify(given)})`)
    await close()
    const played = Float32Array.from(heard)
    expect(played.length).toBe(rendered.length)
    const apart = level(played.map((value, n) => value - rendered[n]!)) - level(rendered)
    // A deck that is late by a single sample differs far more.
    expect(apart).toBeLessThan(-60)
    const late = level(played.map((value, n) => value - (rendered[n - 1] ?? 0))) - level(rendered)
    expect(late).toBeGreaterThan(-40)
  })
})
