import { mkdtempSync, readdirSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { decodeIntoFile } from './decode-file.ts'
import { findFfmpeg } from './find-ffmpeg.ts'
import { wavBytes } from './wav-bytes.fixture.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-decode-into-'))
  writeFileSync(path('silence.wav'), wavBytes([new Float32Array(2 * 44_100)]))
})
afterEach(() => rmSync(folder, { recursive: true }))

const path = (name: string): string => join(folder, name)
const CLICKS = fileURLToPath(new URL('./fixtures/two-clicks.flac', import.meta.url))

/** What this process holds open in the folder; the system tells it on Linux only. */
const openHere = (): readonly string[] =>
  readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/self/fd/${descriptor}`)].filter((target) => target.startsWith(folder))
    } catch {
      // It was the one that reads the list.
      return []
    }
  })

test('sound in a file is left and right at the rate of mixes', async () => {
  const { frames, durationSeconds } = await decodeIntoFile(path('silence.wav'), path('whole.pcm'))
  expect([frames, durationSeconds]).toEqual([2 * 44_100, 2])
  expect(statSync(path('whole.pcm')).size).toBe(frames * 2 * 4)
})

test.runIf(process.platform === 'linux')('a decode that ends early leaves no file open, whoever decodes', async () => {
  await decodeIntoFile(path('silence.wav'), path('whole.pcm'))
  expect(openHere()).toEqual([])
  const cancelled = { signal: AbortSignal.abort(new Error('cancelled')) }
  await expect(decodeIntoFile(path('silence.wav'), path('cancelled.pcm'), cancelled)).rejects.toThrow('cancelled')
  expect(openHere()).toEqual([])
  const short = { maxDurationSeconds: 1 }
  const tooLong = { code: 'AUDIO_TOO_LONG' }
  await expect(decodeIntoFile(path('silence.wav'), path('long.pcm'), short)).rejects.toMatchObject(tooLong)
  expect(openHere()).toEqual([])
  for (const decoder of ['ffmpeg', 'builtin'] as const) {
    if (decoder === 'ffmpeg' && findFfmpeg() === null) continue
    const wanted = { ...short, decoder }
    await expect(decodeIntoFile(CLICKS, path(`${decoder}.pcm`), wanted)).rejects.toMatchObject(tooLong)
    expect(readdirSync(folder)).toContain(`${decoder}.pcm`)
    expect(openHere()).toEqual([])
  }
})
