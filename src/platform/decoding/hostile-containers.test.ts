import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DecodedAudio } from '../../core/audio/audio.ts'
import { digestOf } from '../store/digest.ts'
import { decodeFile } from './decode-file.ts'
import { findFfmpeg } from './find-ffmpeg.ts'
import {
  AIFFS,
  BURSTS,
  bursts,
  COMPRESSED,
  CONTRADICTORY,
  type Container,
  DAMAGED,
  LONGER,
  WAVS,
} from './hostile-containers.fixture.ts'
import { CUT, NO_SOUND, STREAMS, WARNED } from './hostile-streams.fixture.ts'
import { identifyFile } from './identity.ts'
import { wavBytes } from './wav-bytes.fixture.ts'

const RATE = 22050
/** What the longest of the encoders adds at the end. */
const SECONDS_TOLERANCE = 0.03
const OFFSET_SECONDS = 0.001
/** Vorbis at a low rate moves the peak of a burst by itself. */
const CODED_OFFSET_SECONDS = 0.0015
const LOUDNESS_LU = 0.1
const ffmpeg = findFfmpeg()

let folder = ''
let plain: DecodedAudio
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-hostile-'))
  plain = await decodeFile(put({ name: 'plain.wav', bytes: wavBytes([bursts()]) }))
})
afterAll(() => rmSync(folder, { recursive: true }))

const decodings = new Map<string, Promise<DecodedAudio>>()
/** What the built-in decoders make of a file, each in a process of its own; several tests look at the same. */
const decodeBuiltIn = (path: string): Promise<DecodedAudio> => {
  const key = `${path} ${digestOf(readFileSync(path))}`
  const decoding = decodings.get(key) ?? decodeFile(path, { decoder: 'builtin' })
  decodings.set(key, decoding)
  return decoding
}

const put = ({ name, bytes }: Pick<Container, 'name' | 'bytes'>): string => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

/** What a container was made from. */
const referenceOf = ({ like }: Container): Promise<DecodedAudio> =>
  like === undefined
    ? Promise.resolve(plain)
    : decodeBuiltIn(fileURLToPath(new URL(`./fixtures/two-clicks.${like}`, import.meta.url)))

/** Where a burst of 1.5 kHz begins: a quarter of a period before its peak, within 50 ms of a place. */
const burstNear = ({ mono: { samples } }: DecodedAudio, seconds: number): number => {
  const first = Math.round((seconds - 0.05) * RATE)
  const around = samples.subarray(first, first + Math.round(0.1 * RATE))
  const peak = around.reduce((best, sample, n) => (Math.abs(sample) > Math.abs(around[best]!) ? n : best), 0)
  return (first + peak) / RATE - 1 / 1500 / 4
}

const expectSound = async (audio: DecodedAudio, container: Container): Promise<void> => {
  const { seconds, bursts: places = BURSTS, gainDb = 0 } = container
  const { loudness } = await referenceOf(container)
  expect(Math.abs(audio.durationSeconds - seconds)).toBeLessThan(SECONDS_TOLERANCE)
  for (const place of places) expect(Math.abs(burstNear(audio, place) - place)).toBeLessThan(OFFSET_SECONDS)
  const difference = loudness.integratedLufs! - gainDb - audio.loudness.integratedLufs!
  expect(Math.abs(difference)).toBeLessThanOrEqual(LOUDNESS_LU)
}

describe.each([...WAVS, ...AIFFS].map((container) => [container.name, container] as const))('%s', (_, container) => {
  test.each(['builtin', ...(ffmpeg === null ? [] : ['auto' as const])] as const)('is read, %s', async (decoder) => {
    const audio = await decodeFile(put(container), { decoder })
    expect(audio.durationSeconds).toBe(container.seconds)
    await expectSound(audio, container)
    expect(audio.warnings.join()).toMatch(container.told ?? /^$/)
  })
})

describe.each(['builtin', ...(ffmpeg === null ? [] : ['auto' as const])] as const)(
  'a header that lies, %s',
  (decoder) => {
    test.each(CONTRADICTORY)('%s: it is refused', async (name, bytes) => {
      const decoding = decodeFile(put({ name: `${name}.wav`, bytes }), { decoder })
      await expect(decoding).rejects.toMatchObject({ code: 'AUDIO_DECODE_FAILED' })
    })
  },
)

test.each(LONGER.map((container) => [container.name, container] as const))(
  'what is declared is read: %s',
  async (_, container) => {
    const audio = await decodeFile(put(container))
    await expectSound(audio, container)
    expect(audio.warnings.join()).toMatch(/Longer than it says/)
  },
)

test.each(WARNED)('something is wrong, and told: %s', async (name, bytes, told) => {
  const { warnings } = await decodeFile(put({ name, bytes }), { decoder: 'builtin' })
  expect(warnings.join()).toMatch(told)
})

test.each(NO_SOUND)('noise is refused: %s', async (name, bytes) => {
  const decoding = decodeFile(put({ name, bytes }))
  await expect(decoding).rejects.toMatchObject({ code: 'AUDIO_DECODE_FAILED' })
})

test.each([...COMPRESSED, ...STREAMS].map((container) => [container.name, container] as const))(
  '%s is read',
  async (_, container) => {
    await expectSound(await decodeBuiltIn(put(container)), container)
  },
)

const expectAgreement = async (path: string, places: readonly number[]): Promise<void> => {
  const [own, other] = [await decodeBuiltIn(path), await decodeFile(path, { decoder: 'ffmpeg' })]
  // Where something is wrong with a file, each decoder may make of it what it can, and one of them says so.
  if (own.warnings.length > 0 || other.warnings.length > 0) return
  expect(Math.abs(own.durationSeconds - other.durationSeconds)).toBeLessThanOrEqual(OFFSET_SECONDS)
  expect(Math.abs(own.loudness.integratedLufs! - other.loudness.integratedLufs!)).toBeLessThanOrEqual(LOUDNESS_LU)
  for (const place of places)
    expect(Math.abs(burstNear(own, place) - burstNear(other, place))).toBeLessThanOrEqual(OFFSET_SECONDS)
}

describe.skipIf(ffmpeg === null)('both decoders agree, or one of them warns (skipped without ffmpeg)', () => {
  test.each([...COMPRESSED, ...STREAMS, ...DAMAGED, ...CUT].map((container) => [container.name, container] as const))(
    '%s',
    async (_, container) => {
      await expectAgreement(put(container), container.bursts ?? BURSTS)
    },
  )

  test.each(['libvorbis', 'libopus'])('six channels of %s are those that they are', async (codec) => {
    const six = wavBytes([0, 0, 1, 1, 0.1, 0].map((gain) => bursts().map((sample) => gain * sample)))
    const path = join(folder, `${codec}-six.ogg`)
    const coding = ['-c:a', codec, ...(codec === 'libopus' ? ['-mapping_family', '1'] : [])]
    execFileSync(ffmpeg!, ['-v', 'error', '-y', '-i', put({ name: 'six.wav', bytes: six }), ...coding, path])
    await expectAgreement(path, BURSTS)
  })

  test.each(['libvorbis', 'libopus'])(
    'of a chain of %s whose second part has six channels nothing becomes noise',
    async (codec) => {
      const planes = (gains: readonly number[]): Buffer =>
        wavBytes(gains.map((gain) => bursts().map((sample) => gain * sample)))
      const parts = [
        [1, 1],
        [0.3, 0.3, 0.5, 0, 0.1, 0.1],
      ].map((gains, index) => {
        const source = put({ name: `${index}.wav`, bytes: planes(gains) })
        const part = join(folder, `${codec}-part-${index}.ogg`)
        const coding = ['-c:a', codec, ...(codec === 'libopus' && index === 1 ? ['-mapping_family', '1'] : [])]
        execFileSync(ffmpeg!, ['-v', 'error', '-y', '-i', source, ...coding, '-serial_offset', `${index}`, part])
        return readFileSync(part)
      })
      const path = put({ name: `${codec} with more channels.ogg`, bytes: Buffer.concat(parts) })
      const { durationSeconds, loudness, warnings } = await decodeFile(path)
      expect(durationSeconds).toBeCloseTo(4, 2)
      expect(loudness.truePeakDb).toBeLessThan(1)
      expect(warnings).toContain('The rate or the channels change on the way')
    },
  )

  test('short blocks of FLAC, some of which the library does not survive, are read', async () => {
    const source = put({ name: 'source.wav', bytes: wavBytes([bursts(), bursts()]) })
    for (const samples of [16, 48, 56]) {
      const path = join(folder, `blocks-${samples}.flac`)
      execFileSync(ffmpeg!, ['-v', 'error', '-y', '-i', source, '-c:a', 'flac', '-frame_size', `${samples}`, path])
      const { durationSeconds, loudness, warnings } = await decodeBuiltIn(path)
      expect([durationSeconds, warnings]).toEqual([2, []])
      const other = await decodeFile(path, { decoder: 'ffmpeg' })
      expect(loudness.integratedLufs).toBeCloseTo(other.loudness.integratedLufs!, 2)
      await expectAgreement(path, BURSTS)
    }
  })

  test('what only one decoder reads is read', async () => {
    const tag = Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\x02\0', 'latin1'), Buffer.alloc(256)])
    const flac = COMPRESSED.find(({ name }) => name === '8 bits.flac')!
    const path = put({ name: 'two tags.flac', bytes: Buffer.concat([tag, tag, flac.bytes]) })
    await expect(decodeFile(path, { decoder: 'ffmpeg' })).rejects.toMatchObject({ code: 'AUDIO_DECODE_FAILED' })
    expect((await decodeFile(path)).durationSeconds).toBe(2)
  })

  test('MP3 whose rate and channels change goes on as it began', async () => {
    const source = put({ name: 'source.wav', bytes: wavBytes([bursts(), bursts()]) })
    const parts = [[], ['-ar', '48000'], ['-ac', '1']].map((options, index) => {
      const part = join(folder, `part-${index}.mp3`)
      const coding = ['-c:a', 'libmp3lame', '-write_xing', '0', '-id3v2_version', '0']
      execFileSync(ffmpeg!, ['-v', 'error', '-y', '-i', source, ...options, ...coding, part])
      return readFileSync(part)
    })
    const path = put({ name: 'three parts.mp3', bytes: Buffer.concat(parts) })
    const { durationSeconds, loudness, warnings } = await decodeFile(path, { decoder: 'builtin' })
    const other = await decodeFile(path, { decoder: 'ffmpeg' })
    expect(warnings).toEqual([
      '3 recordings follow one another in this file',
      'The rate or the channels change on the way',
    ])
    expect(Math.abs(durationSeconds - other.durationSeconds)).toBeLessThan(0.01)
    expect(Math.abs(loudness.integratedLufs! - other.loudness.integratedLufs!)).toBeLessThanOrEqual(LOUDNESS_LU)
  })

  test.each(['libvorbis', 'libopus'])(
    'a chain of %s whose second part has another rate and other channels',
    async (codec) => {
      const source = put({ name: 'source.wav', bytes: wavBytes([bursts(), bursts()]) })
      const parts = [
        ['-ar', '48000'],
        ['-ar', codec === 'libopus' ? '24000' : '32000', '-ac', '1'],
      ].map((options, index) => {
        const part = join(folder, `${codec}-${index}.ogg`)
        execFileSync(ffmpeg!, [
          '-v',
          'error',
          '-y',
          '-i',
          source,
          ...options,
          '-c:a',
          codec,
          '-serial_offset',
          `${index}`,
          part,
        ])
        return readFileSync(part)
      })
      const path = put({ name: `${codec} with two rates.ogg`, bytes: Buffer.concat(parts) })
      const own = await decodeBuiltIn(path)
      expect(own.durationSeconds).toBeCloseTo(4, 2)
      const places = [0.5, 1.5, 2.5, 3.5]
      for (const place of places) expect(Math.abs(burstNear(own, place) - place)).toBeLessThan(CODED_OFFSET_SECONDS)
      expect(own.warnings.join()).toMatch(/follow one another/)
      await expectAgreement(path, places)
    },
  )
})

test('a damaged frame is silence, and what follows keeps its time', async () => {
  const damaged = COMPRESSED.filter(({ name }) => /(damaged|junk in the middle).*flac$/.test(name))
  expect(damaged.length).toBe(2)
  for (const container of damaged) {
    const audio = await decodeBuiltIn(put(container))
    expect(audio.durationSeconds).toBe(2)
    expect(audio.warnings).toEqual(['1 damaged frames were skipped'])
    expect(Math.abs(burstNear(audio, 1.5) - 1.5)).toBeLessThan(OFFSET_SECONDS)
  }
})

test('two files whose sound has no size are two recordings', async () => {
  const open = WAVS.find(({ name }) => name === 'no size.wav')!
  const other = Buffer.from(open.bytes)
  other[other.length - 1] = 1
  const [one, two] = [await identifyFile(put(open)), await identifyFile(put({ name: 'other.wav', bytes: other }))]
  expect(one.audioDigest).not.toBe(two.audioDigest)
})
