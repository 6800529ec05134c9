export type AudioFormat = 'wav' | 'aiff' | 'mp3' | 'flac' | 'vorbis' | 'opus' | 'other'

const text = (bytes: Uint8Array, start: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(start, start + length))

/** @returns the length of an ID3v2 tag at `start`, 0 when there is none (id3.org, ID3v2.4 §3.1). */
export const id3v2Length = (bytes: Uint8Array, start = 0): number => {
  if (text(bytes, start, 3) !== 'ID3' || start + 10 > bytes.length) return 0
  const size =
    ((bytes[start + 6]! & 127) << 21) |
    ((bytes[start + 7]! & 127) << 14) |
    ((bytes[start + 8]! & 127) << 7) |
    (bytes[start + 9]! & 127)
  return 10 + size + (bytes[start + 5]! & 0x10 ? 10 : 0)
}

const hasMpegSync = (bytes: Uint8Array, at: number): boolean => {
  const [first, second, third] = [bytes[at], bytes[at + 1], bytes[at + 2]]
  if (first !== 0xff || second === undefined || third === undefined) return false
  const layer = (second >> 1) & 3
  return (
    (second & 0xe0) === 0xe0 &&
    ((second >> 3) & 3) !== 1 &&
    layer !== 0 &&
    third >> 4 !== 15 &&
    ((third >> 2) & 3) !== 3
  )
}

/**
 * Tells the format from the first bytes of the stream (after any ID3v2 tag), never from the name.
 * @returns 'other' for formats that only ffmpeg reads (MP4, ASF, WavPack …), null for bytes that do not look like audio.
 */
export const sniffFormat = (bytes: Uint8Array): AudioFormat | null => {
  const magic = text(bytes, 0, 4)
  if (['RIFF', 'RIFX', 'RF64', 'BW64'].includes(magic) && text(bytes, 8, 4) === 'WAVE') return 'wav'
  if (magic === 'FORM' && text(bytes, 8, 3) === 'AIF') return 'aiff'
  if (magic === 'fLaC') return 'flac'
  if (magic === 'OggS') {
    // Another stream, such as a skeleton, may begin before the sound.
    const head = text(bytes, 0, Math.min(bytes.length, 512))
    const [opus, vorbis] = [head.indexOf('OpusHead'), head.indexOf('\u0001vorbis')]
    if (opus >= 0 && (vorbis < 0 || opus < vorbis)) return 'opus'
    return vorbis >= 0 ? 'vorbis' : 'other'
  }
  if (hasMpegSync(bytes, 0)) return 'mp3'
  if (text(bytes, 4, 4) === 'ftyp' || magic === 'wvpk' || magic === 'MAC ' || magic === 'caff') return 'other'
  if (bytes[0] === 0x30 && bytes[1] === 0x26 && bytes[2] === 0xb2 && bytes[3] === 0x75) return 'other'
  if (bytes[0] === 0x1a && bytes[1] === 0x45 && bytes[2] === 0xdf && bytes[3] === 0xa3) return 'other'
  if (bytes[0] === 0xff && (bytes[1]! & 0xf6) === 0xf0) return 'other'
  return null
}
