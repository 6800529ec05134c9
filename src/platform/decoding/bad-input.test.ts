import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { decodeInOwnProcess } from './decode-child.ts'
import { decodeFile } from './decode-file.ts'
import { findFfmpeg } from './find-ffmpeg.ts'
import { withAudio } from './open-audio.ts'
import { wavBytes } from './wav-bytes.fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'algiers-bad-'))
const put = (name: string, bytes: Uint8Array | string): string => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}
const fixture = (extension: string): Buffer =>
  readFileSync(new URL(`./fixtures/two-clicks.${extension}`, import.meta.url))
const tone = Float32Array.from({ length: 44100 }, (_, n) => Math.sin(n / 10) / 2)
/** A user without privileges. */
const NOBODY = 65534
const id3 = (length: number): Buffer => {
  const tag = Buffer.alloc(10 + length)
  tag.write('ID3\x04\0\0', 'latin1')
  tag.writeUInt8(length >> 7, 8)
  tag.writeUInt8(length & 127, 9)
  return tag
}

const decoders = findFfmpeg() === null ? (['builtin'] as const) : (['builtin', 'auto'] as const)
describe.each(decoders)('with the decoder choice %s', (decoder) => {
  const code = (path: string): Promise<string> =>
    decodeFile(path, { decoder }).then(
      () => 'decoded',
      (error) => error.code,
    )

  test('empty file', async () => expect(await code(put('empty.mp3', ''))).toBe('AUDIO_EMPTY'))
  test('no such file', async () => expect(await code(join(folder, 'gone.wav'))).toBe('AUDIO_NOT_FOUND'))
  test('text named .mp3', async () =>
    expect(await code(put('text.mp3', 'Dear diary, '.repeat(500)))).toBe('AUDIO_FORMAT_UNKNOWN'))
  test('a cover and no sound', async () => expect(await code(put('cover.mp3', id3(900)))).toBe('AUDIO_NO_STREAM'))
  test('a folder', async () => {
    mkdirSync(join(folder, `${decoder}.mp3`))
    expect(await code(join(folder, `${decoder}.mp3`))).toBe('NOT_A_FILE')
  })
  test('symbolic links in a circle', async () => {
    symlinkSync(join(folder, `${decoder}-b.wav`), join(folder, `${decoder}-a.wav`))
    symlinkSync(join(folder, `${decoder}-a.wav`), join(folder, `${decoder}-b.wav`))
    expect(await code(join(folder, `${decoder}-a.wav`))).toBe('AUDIO_UNREADABLE')
  })
  test('a name longer than the system allows', async () =>
    expect(await code(join(folder, 'x'.repeat(5000)))).toBe('AUDIO_NOT_FOUND'))
  test('invalid samples', async () => {
    const samples = tone.slice()
    samples[30000] = Number.NaN
    expect(await code(put('nan.wav', wavBytes([samples], { bits: 32, kind: 'float' })))).toBe('AUDIO_NOT_FINITE')
    samples[30000] = Number.POSITIVE_INFINITY
    expect(await code(put('inf.wav', wavBytes([samples], { bits: 32, kind: 'float' })))).toBe('AUDIO_NOT_FINITE')
  })
  test('a WAV header without samples', async () =>
    expect(await code(put('header.wav', wavBytes([tone]).subarray(0, 36)))).toBe('AUDIO_NO_STREAM'))
  test('an impossible WAV header', async () => {
    const bytes = wavBytes([tone])
    bytes.writeUInt16LE(0, 22)
    expect(await code(put('no-channels.wav', bytes))).toBe('AUDIO_DECODE_FAILED')
  })
  test('three hours are refused before they are read', async () => {
    const header = wavBytes([tone]).subarray(0, 44)
    header.writeUInt32LE(3 * 3600 * 44100 * 2, 40)
    const path = put('three-hours.wav', header)
    truncateSync(path, 44 + 3 * 3600 * 44100 * 2)
    expect(await code(path)).toBe('AUDIO_TOO_LONG')
  })
  test('sound beyond the limit is refused whatever the header says', async () => {
    const path = put(`${decoder}-long.flac`, fixture('flac'))
    const decoding = decodeFile(path, { decoder, maxDurationSeconds: 1 })
    await expect(decoding).rejects.toMatchObject({ code: 'AUDIO_TOO_LONG' })
  })

  test.each(['mp3', 'flac', 'ogg', 'opus'])('half a %s gives half the sound', async (extension) => {
    const whole = fixture(extension)
    const cut = await decodeFile(put(`${decoder}-cut.${extension}`, whole.subarray(0, whole.length / 2)), { decoder })
    expect(cut.durationSeconds).toBeGreaterThan(0.1)
    expect(cut.durationSeconds).toBeLessThan(1.7)
  })

  test.each(['mp3', 'flac'])('a %s that is cut short says so', async (extension) => {
    const whole = fixture(extension)
    const { warnings } = await decodeFile(put(`${decoder}-said.${extension}`, whole.subarray(0, whole.length / 2)), {
      decoder,
    })
    expect(warnings.join(' ')).not.toBe('')
  })

  test.each(['new\nline', '🎧 émoji', `${'é'.repeat(120)}xx`, 'e\u0301 NFD', "-i 'quote' %20 file:"])(
    'a name such as %j',
    async (name) => {
      const path = put(`${name}.mp3`, fixture('mp3'))
      expect((await decodeFile(path, { decoder })).durationSeconds).toBeCloseTo(2, 1)
    },
  )

  test.skipIf(process.platform === 'win32')('a pipe named like music does not make it wait', async () => {
    const path = join(folder, `${decoder}-pipe.mp3`)
    execFileSync('mkfifo', [path])
    expect(await code(path)).toBe('NOT_A_FILE')
  })
})

test.skipIf(process.platform === 'win32')('a file that may not be read', async () => {
  const path = put('secret.wav', wavBytes([tone]))
  chmodSync(folder, 0o755)
  chmodSync(path, 0)
  // The superuser may read everything, so this process becomes another user for a moment.
  const isSuperuser = process.geteuid?.() === 0
  if (isSuperuser) process.seteuid!(NOBODY)
  try {
    await expect(decodeFile(path)).rejects.toMatchObject({ code: 'AUDIO_UNREADABLE' })
  } finally {
    if (isSuperuser) process.seteuid!(0)
  }
})

test('without ffmpeg, AAC says what is missing', async () => {
  const path = put('song.m4a', fixture('m4a'))
  await expect(decodeFile(path, { decoder: 'builtin' })).rejects.toMatchObject({ code: 'DECODER_MISSING' })
})

test('a decoder that takes too long is ended', async () => {
  const path = put('slow.flac', fixture('flac'))
  await expect(decodeFile(path, { decoder: 'builtin', timeoutSeconds: 0.001 })).rejects.toMatchObject({
    code: 'DECODER_TIMEOUT',
  })
})

test('a decoder that eats memory is ended', async () => {
  const path = put('fat.flac', fixture('flac'))
  const fat = decodeFile(path, { decoder: 'builtin', maxMemoryBytes: 30 * 2 ** 20 })
  await expect(fat).rejects.toMatchObject({ code: 'DECODER_OUT_OF_MEMORY' })
})

test('a decoder that crashes harms only its own file', async () => {
  const path = put('crash.flac', fixture('flac'))
  // No built-in decoder reads this format, so the child throws an error that nothing catches.
  const request = { format: 'other', start: 0, end: 1, maxMemoryBytes: 2 ** 30 } as const
  const limits = { path, maxDurationSeconds: 60 }
  const decoding = withAudio({ path }, ({ descriptor }) =>
    decodeInOwnProcess(descriptor, { ...request, limits, into: null }, new AbortController().signal),
  )
  await expect(decoding).rejects.toMatchObject({ code: 'DECODER_CRASHED' })
})

test('an abort ends decoding with its reason', async () => {
  const path = join(folder, 'abort.flac')
  copyFileSync(fileURLToPath(new URL('./fixtures/two-clicks.flac', import.meta.url)), path)
  const control = new AbortController()
  const decoding = decodeFile(path, { decoder: 'builtin', signal: control.signal })
  control.abort(new Error('enough'))
  await expect(decoding).rejects.toThrow('enough')
})
