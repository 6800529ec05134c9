/** Frames of ID3v2.2 as ID3v2.3 has them: longer names, and a full media type for pictures. https://id3.org/id3v2-00 */
import { UserError } from '../../../support/user-error.ts'
import { ByteReader } from '../byte-reader.ts'
import { encodeUtf8, joinBytes } from '../byte-writer.ts'

const HEADER_BYTES = 6
const NAME = /^[A-Z0-9]{3}$/

/** Old names and new ones of frames whose bodies are alike; the last ones are those of iTunes. */
const NEW_NAMES: ReadonlyMap<string, string> = new Map(
  `BUF RBUF CNT PCNT COM COMM CRA AENC ETC ETCO EQU EQUA GEO GEOB IPL IPLS MCI MCDI MLL MLLT POP POPM REV RVRB RVA RVAD
   SLT SYLT STC SYTC TAL TALB TBP TBPM TCM TCOM TCO TCON TCR TCOP TDA TDAT TDY TDLY TEN TENC TFT TFLT TIM TIME TKE TKEY
   TLA TLAN TLE TLEN TMT TMED TOA TOPE TOF TOFN TOL TOLY TOR TORY TOT TOAL TP1 TPE1 TP2 TPE2 TP3 TPE3 TP4 TPE4 TPA TPOS
   TPB TPUB TRC TSRC TRD TRDA TRK TRCK TSI TSIZ TSS TSSE TT1 TIT1 TT2 TIT2 TT3 TIT3 TXT TEXT TXX TXXX TYE TYER UFI UFID
   ULT USLT WAF WOAF WAR WOAR WAS WOAS WCM WCOM WCP WCOP WPB WPUB WXX WXXX
   TCP TCMP TS2 TSO2 TSA TSOA TSC TSOC TSP TSOP TST TSOT`
    .trim()
    .split(/\s+/)
    .flatMap((name, at, all) => (at % 2 === 0 ? [[name, all[at + 1]!] as const] : [])),
)

const refuse = (detail: string): UserError => new UserError('TAGS_NOT_WRITABLE', detail)

const MEDIA_TYPES: Readonly<Record<string, string>> = { PNG: 'image/png', JPG: 'image/jpeg', '-->': '-->' }

/** Encoding, format in three letters, the rest. */
const upgradePicture = (body: Uint8Array): Uint8Array => {
  const format = new TextDecoder('latin1').decode(body.subarray(1, 4)).toUpperCase()
  const type = MEDIA_TYPES[format] ?? `image/${format.trim().toLowerCase()}`
  return joinBytes([body.subarray(0, 1), encodeUtf8(`${type}\0`), body.subarray(4)])
}

/** @throws UserError TAGS_NOT_WRITABLE for frames that version 3 does not know, or that end too soon */
export const upgradedFrames = (body: Uint8Array): readonly { readonly name: string; readonly body: Uint8Array }[] => {
  const reader = new ByteReader(body, 'big')
  const frames = []
  let at = 0
  while (reader.has(at, HEADER_BYTES) && reader.u8(at) !== 0) {
    const name = new TextDecoder('latin1').decode(reader.slice(at, 3))
    const size = (reader.u8(at + 3) << 16) | reader.u16(at + 4)
    if (!NAME.test(name) || !reader.has(at + HEADER_BYTES, size)) throw refuse('The ID3 tag is damaged.')
    const content = reader.slice(at + HEADER_BYTES, size)
    const newName = name === 'PIC' ? 'APIC' : NEW_NAMES.get(name)
    if (newName === undefined)
      throw refuse(`The ID3 tag is of version 2.2 and has a frame "${name}" that newer versions do not know.`)
    frames.push({ name: newName, body: name === 'PIC' ? upgradePicture(content) : content })
    at += HEADER_BYTES + size
  }
  return frames
}
