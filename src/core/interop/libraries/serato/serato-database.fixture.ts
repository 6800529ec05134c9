import { joinBytes, wholeNumber } from '../byte-writer.ts'
import { formatChunk, formatTextChunk } from './serato-chunks.ts'

export const seratoDatabaseOf = (...tracks: readonly (readonly Uint8Array[])[]): Uint8Array =>
  joinBytes([
    formatTextChunk('vrsn', '2.0/Serato Scratch LIVE Database'),
    ...tracks.map((fields) => formatChunk('otrk', joinBytes(fields))),
  ])

export const SERATO_TRACK: readonly Uint8Array[] = [
  formatTextChunk('ttyp', 'mp3'),
  formatTextChunk('pfil', 'Users/é/Music/a.mp3'),
  formatTextChunk('tsng', 'Night'),
  formatTextChunk('tart', 'Somebody'),
  formatTextChunk('talb', 'Album'),
  formatTextChunk('tgen', 'House'),
  formatTextChunk('tcom', 'Peak'),
  formatTextChunk('ttyr', '2019'),
  formatTextChunk('tlen', '06:22.93'),
  formatTextChunk('tbpm', '126.00'),
  formatTextChunk('tkey', 'Bbm'),
  formatChunk('uadd', wholeNumber(1_580_992_490, 4)),
  formatChunk('ulbl', wholeNumber(0xff9999, 4)),
  formatChunk('bply', Uint8Array.of(0)),
]

export const seratoDatabaseBytes = (): Uint8Array => seratoDatabaseOf(SERATO_TRACK)
