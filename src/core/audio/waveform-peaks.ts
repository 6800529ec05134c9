/**
 * @file What a waveform display draws, and its form in files and on the API. The page reads it, and may not run WebAssembly: how peaks are
 * measured is in `measure-peaks.ts`.
 * Conventions: one byte a value, 255 = full scale and above; a peak is four bytes: whole, low, middle, high; peak n covers
 * [n, n + 1) / peaksPerSecond; the last peak may be cut short.
 */

export const BYTES_PER_PEAK = 4
/** Raise it when the bytes or the measurement change; peaks of the same sound are then made and fetched anew. */
export const PEAKS_FORMAT = 1

export type PeakLevel = {
  readonly peaksPerSecond: number
  /** Shape (peaks, BYTES_PER_PEAK). */
  readonly values: Uint8Array
}

/** Finest level first. */
export type WaveformPeaks = { readonly durationSeconds: number; readonly levels: readonly PeakLevel[] }

type Header = {
  readonly version: number
  readonly duration_seconds: number
  readonly bands: readonly string[]
  readonly levels: readonly { readonly peaks_per_second: number; readonly peaks: number }[]
}

/** The form in files and on the API: a line of JSON (`Header`), then the values of the levels one after the other. */
export const encodePeaks = ({ durationSeconds, levels }: WaveformPeaks): Uint8Array => {
  const header: Header = {
    version: PEAKS_FORMAT,
    duration_seconds: durationSeconds,
    bands: ['whole', 'low', 'middle', 'high'],
    levels: levels.map(({ peaksPerSecond, values }) => ({
      peaks_per_second: peaksPerSecond,
      peaks: values.length / BYTES_PER_PEAK,
    })),
  }
  const line = new TextEncoder().encode(`${JSON.stringify(header)}\n`)
  const bytes = new Uint8Array(line.length + levels.reduce((sum, { values }) => sum + values.length, 0))
  bytes.set(line)
  let offset = line.length
  for (const { values } of levels) {
    bytes.set(values, offset)
    offset += values.length
  }
  return bytes
}

/** @returns null for bytes that `encodePeaks` did not write */
export const decodePeaks = (bytes: Uint8Array): WaveformPeaks | null => {
  const end = bytes.indexOf(0x0a)
  const header = end < 0 ? null : parseHeader(new TextDecoder().decode(bytes.subarray(0, end)))
  if (header === null) return null
  let offset = end + 1
  const levels = header.levels.map(({ peaks_per_second, peaks }) => {
    const start = offset
    offset += peaks * BYTES_PER_PEAK
    return { peaksPerSecond: peaks_per_second, values: bytes.subarray(start, offset) }
  })
  return offset === bytes.length ? { durationSeconds: header.duration_seconds, levels } : null
}

const parseHeader = (line: string): Header | null => {
  try {
    const header = JSON.parse(line) as Header
    return header.version === PEAKS_FORMAT ? header : null
  } catch {
    // Bytes of something else: the answer is null.
    return null
  }
}
