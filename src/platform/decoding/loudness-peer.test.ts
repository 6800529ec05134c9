import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createRandom } from '../../core/support/random.ts'
import { decodeFile } from './decode-file.ts'
import { findFfmpeg } from './find-ffmpeg.ts'
import { wavBytes } from './wav-bytes.fixture.ts'

const ffmpeg = findFfmpeg()

test('loudness agrees with ffmpeg ebur128 to 0.1 LU', async ({ skip }) => {
  skip(ffmpeg === null, 'no ffmpeg on the PATH')
  const random = createRandom(5)
  const planes = [0.5, 0.2].map((level) =>
    Float32Array.from({ length: 12 * 44100 }, (_, n) => {
      const pulse = Math.exp(-(n % 22050) / 3000)
      return level * pulse * (Math.sin(n / 30) + (random() - 0.5))
    }),
  )
  const path = join(mkdtempSync(join(tmpdir(), 'algiers-r128-')), 'noise.wav')
  writeFileSync(path, wavBytes(planes))
  const { stderr } = spawnSync(ffmpeg!, [
    '-nostdin',
    '-hide_banner',
    '-i',
    path,
    '-af',
    'ebur128=peak=true',
    '-f',
    'null',
    '-',
  ])
  const summary = String(stderr).split('Summary:')[1]!
  const figure = (name: string): number => Number(new RegExp(`${name}:\\s+(-?[0-9.]+)`).exec(summary)![1])
  const { loudness } = await decodeFile(path)
  expect(Math.abs(loudness.integratedLufs! - figure('I'))).toBeLessThanOrEqual(0.1)
  expect(Math.abs(loudness.truePeakDb - figure('Peak'))).toBeLessThanOrEqual(0.2)
})
