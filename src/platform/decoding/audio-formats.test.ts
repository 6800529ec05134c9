import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AUDIO_FORMATS, readerOf } from './audio-formats.ts'
import { decodeFile } from './decode-file.ts'
import { findFfmpeg } from './find-ffmpeg.ts'

const SECONDS = 2
/** How ffmpeg makes a file of each extension. */
const ENCODERS: Readonly<Record<string, readonly string[]>> = {
  wav: ['-c:a', 'pcm_s16le'],
  wave: ['-c:a', 'pcm_s16le', '-f', 'wav'],
  aif: ['-c:a', 'pcm_s16be', '-f', 'aiff'],
  aiff: ['-c:a', 'pcm_s16be'],
  aifc: ['-c:a', 'pcm_s16be', '-f', 'aiff'],
  mp3: ['-c:a', 'libmp3lame'],
  mp2: ['-c:a', 'mp2'],
  flac: ['-c:a', 'flac'],
  ogg: ['-c:a', 'libvorbis'],
  oga: ['-c:a', 'libvorbis', '-f', 'ogg'],
  opus: ['-c:a', 'libopus'],
  m4a: ['-c:a', 'alac'],
  m4b: ['-c:a', 'aac'],
  mp4: ['-c:a', 'aac'],
  aac: ['-c:a', 'aac'],
  wma: ['-c:a', 'wmav2'],
  wv: ['-c:a', 'wavpack'],
  mka: ['-c:a', 'flac'],
  webm: ['-c:a', 'libopus'],
  caf: ['-c:a', 'pcm_s16le'],
  w64: ['-c:a', 'pcm_s16le'],
  tta: ['-c:a', 'tta'],
  ac3: ['-c:a', 'ac3'],
  eac3: ['-c:a', 'eac3'],
  au: ['-c:a', 'pcm_s16be'],
  snd: ['-c:a', 'pcm_s16be', '-f', 'au'],
  spx: ['-c:a', 'libspeex', '-ar', '16000'],
}
/** ffmpeg reads these and cannot write them: the name of what reads them. */
const ONLY_READ: Readonly<Record<string, string>> = { ape: 'ape', mpc: 'mpc', dsf: 'dsf', dff: 'iff' }

const ffmpeg = findFfmpeg()
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-formats-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const write = (extension: string): string => {
  const path = join(folder, `tone.${extension}`)
  const sine = ['-f', 'lavfi', '-i', `sine=440:duration=${SECONDS}:sample_rate=48000`]
  execFileSync(ffmpeg!, ['-nostdin', '-loglevel', 'error', '-y', ...sine, ...ENCODERS[extension]!, path])
  return path
}

describe.skipIf(ffmpeg === null)('every extension in the list is decoded by what it says', () => {
  test.each(AUDIO_FORMATS.builtin)('.%s without any system program', async (extension) => {
    const { durationSeconds, loudness } = await decodeFile(write(extension), { decoder: 'builtin' })
    expect(Math.abs(durationSeconds - SECONDS)).toBeLessThan(0.1)
    expect(loudness.integratedLufs).toBeGreaterThan(-40)
  })

  test.each(AUDIO_FORMATS.ffmpeg.filter((extension) => !(extension in ONLY_READ)))('.%s', async (extension) => {
    const { durationSeconds, loudness } = await decodeFile(write(extension))
    expect(Math.abs(durationSeconds - SECONDS)).toBeLessThan(0.1)
    expect(loudness.integratedLufs).toBeGreaterThan(-40)
  })

  test('what ffmpeg only reads', () => {
    const demuxers = execFileSync(ffmpeg!, ['-hide_banner', '-demuxers'], { encoding: 'utf8' })
    for (const name of Object.values(ONLY_READ)) expect(demuxers).toMatch(new RegExp(`\\sD\\s+${name}\\s`))
  })
})

test('the extension tells the reader, in any case; other names are not audio', () => {
  expect(readerOf('/music/A.WAV')).toBe('builtin')
  expect(readerOf('b.M4b')).toBe('ffmpeg')
  for (const name of ['cover.jpg', 'wav', 'album.wav/notes', 'x.wav.asd', '.']) expect(readerOf(name)).toBeNull()
})
