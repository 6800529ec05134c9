/** Ogg files put together page by page, by the standard and not by what reads them. https://www.rfc-editor.org/rfc/rfc3533 */

type WrittenPage = {
  readonly serial: number
  readonly sequence: number
  readonly granule: bigint
  /** 1 goes on, 2 first, 4 last. */
  readonly flags: number
  readonly lacing: readonly number[]
  readonly body: Buffer
}

const checksum = (bytes: Buffer): number => {
  let crc = 0
  for (const byte of bytes)
    for (let bit = 7; bit >= 0; bit--) {
      const isOut = crc >>> 31 !== ((byte >>> bit) & 1)
      crc = ((crc << 1) ^ (isOut ? 0x04c11db7 : 0)) >>> 0
    }
  return crc
}

export const oggPage = ({ serial, sequence, granule, flags, lacing, body }: WrittenPage): Buffer => {
  const head = Buffer.alloc(27 + lacing.length)
  head.write('OggS', 'latin1')
  head.writeUInt8(flags, 5)
  head.writeBigInt64LE(granule, 6)
  head.writeUInt32LE(serial, 14)
  head.writeUInt32LE(sequence, 18)
  head.writeUInt8(lacing.length, 26)
  head.set(lacing, 27)
  const page = Buffer.concat([head, body])
  page.writeUInt32LE(checksum(page), 22)
  return page
}

/** The pages of a file. @throws where a checksum is wrong, or something else lies between them */
export const oggPagesIn = (file: Buffer): readonly WrittenPage[] => {
  const pages: WrittenPage[] = []
  for (let at = 0; at < file.length; ) {
    if (file.toString('latin1', at, at + 4) !== 'OggS') throw new Error(`no page at ${at}`)
    const lacing = [...file.subarray(at + 27, at + 27 + file[at + 26]!)]
    const bodyAt = at + 27 + lacing.length
    const end = bodyAt + lacing.reduce((sum, length) => sum + length, 0)
    const page = {
      serial: file.readUInt32LE(at + 14),
      sequence: file.readUInt32LE(at + 18),
      granule: file.readBigInt64LE(at + 6),
      flags: file.readUInt8(at + 5),
      lacing,
      body: file.subarray(bodyAt, end),
    }
    if (!oggPage(page).equals(file.subarray(at, end))) throw new Error(`the page at ${at} is damaged`)
    pages.push(page)
    at = end
  }
  return pages
}

/** The packets of a stream, whole. */
export const oggPacketsIn = (pages: readonly WrittenPage[]): readonly Buffer[] => {
  const packets: Buffer[] = []
  let open: Buffer[] = []
  for (const { lacing, body } of pages) {
    let at = 0
    for (const length of lacing) {
      open.push(body.subarray(at, at + length))
      at += length
      if (length === 255) continue
      packets.push(Buffer.concat(open))
      open = []
    }
  }
  return packets
}

const sized = (text: Buffer): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(text.length)
  return Buffer.concat([length, text])
}

const countOf = (number: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(number)
  return bytes
}

/** A file of Vorbis with other comments, whose headers lie on pages of so many segments at most. */
export const withOggComments = (file: Buffer, comments: readonly string[], mostSegments: number): Buffer => {
  const pages = oggPagesIn(file)
  const { serial } = pages[0]!
  const [, , setup] = oggPacketsIn(
    pages.slice(
      0,
      pages.findIndex(({ granule }) => granule > 0n),
    ),
  )
  const packet = Buffer.concat([
    Buffer.from('\u0003vorbis', 'latin1'),
    sized(Buffer.from('a test')),
    countOf(comments.length),
    ...comments.map((comment) => sized(Buffer.from(comment))),
    Buffer.from([1]),
  ])
  const packets = [packet, setup!]
  const lacing = packets.flatMap(({ length }) => [
    ...new Array<number>(Math.floor(length / 255)).fill(255),
    length % 255,
  ])
  const body = Buffer.concat(packets)
  const headers: Buffer[] = []
  let at = 0
  for (let from = 0; from < lacing.length; from += mostSegments) {
    const own = lacing.slice(from, from + mostSegments)
    const length = own.reduce((sum, bytes) => sum + bytes, 0)
    headers.push(
      oggPage({
        serial,
        sequence: headers.length + 1,
        granule: own.some((bytes) => bytes < 255) ? 0n : -1n,
        flags: from > 0 && lacing[from - 1] === 255 ? 1 : 0,
        lacing: own,
        body: body.subarray(at, at + length),
      }),
    )
    at += length
  }
  const sound = pages.filter(({ granule }) => granule > 0n)
  return Buffer.concat([
    oggPage(pages[0]!),
    ...headers,
    ...sound.map((page, index) => oggPage({ ...page, sequence: headers.length + 1 + index })),
  ])
}
