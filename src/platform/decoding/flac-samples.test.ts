import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { findFfmpeg } from './find-ffmpeg.ts'
import { createFlacCutter } from './flac-frames.ts'
import { readStreamInfo } from './flac-header.ts'
import { readFlacSamples } from './flac-samples.ts'

const ffmpeg = findFfmpeg()
const SOURCE = fileURLToPath(new URL('./fixtures/two-clicks.ogg', import.meta.url))

const frames = (flac: Uint8Array): readonly (readonly Float32Array[])[] => {
  const stream = readStreamInfo(flac)!
  let start = 4
  for (let isLast = false; !isLast; ) {
    isLast = (flac[start]! & 0x80) !== 0
    start += 4 + ((flac[start + 1]! << 16) | (flac[start + 2]! << 8) | flac[start + 3]!)
  }
  const cut = createFlacCutter(stream).push(flac.subarray(start), true)
  return cut.map((frame) => readFlacSamples(frame.bytes, { ...frame, stream }))
}

test.skipIf(ffmpeg === null).each([
  ['fixed predictors', ['-lpc_type', 'fixed', '-ac', '1']],
  ['linear prediction, left and side', ['-compression_level', '8', '-ch_mode', 'left_side']],
  ['right and side', ['-compression_level', '5', '-ch_mode', 'right_side']],
  ['middle and side', ['-compression_level', '12', '-ch_mode', 'mid_side']],
  ['24 bits', ['-sample_fmt', 's32', '-ch_mode', 'mid_side']],
])('%s: sample for sample what ffmpeg reads', (_, options) => {
  const stereo = ['-af', 'pan=stereo|c0=c0|c1=0.6*c0']
  const run = (...args: readonly string[]): Buffer =>
    execFileSync(ffmpeg!, ['-v', 'error', '-nostdin', ...args, '-'], { maxBuffer: 2 ** 26, input: '' })
  const flac = run('-i', SOURCE, ...stereo, '-c:a', 'flac', ...options, '-f', 'flac')
  const raw = execFileSync(ffmpeg!, ['-v', 'error', '-i', 'pipe:0', '-f', 'f32le', '-'], {
    input: flac,
    maxBuffer: 2 ** 26,
  })
  const want = new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength))
  const got = frames(flac).flatMap((planes) => {
    const [first] = planes
    return Array.from(first!).flatMap((_, n) => planes.map((plane) => plane[n]!))
  })
  expect(got.length).toBe(want.length)
  expect(got.findIndex((value, n) => value !== want[n])).toBe(-1)
})

test('a frame that is cut off is told from one that is whole', () => {
  const flac = readFileSync(fileURLToPath(new URL('./fixtures/two-clicks.flac', import.meta.url)))
  const stream = readStreamInfo(flac)!
  const head = Uint8Array.of(0xff, 0xf8, 0xc9, 0x08, 0, 0, 0x02)
  expect(() => readFlacSamples(head, { headerBytes: 6, samples: 4096, stream })).toThrow(RangeError)
})
