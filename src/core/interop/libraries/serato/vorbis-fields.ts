/** Fields of Vorbis comments replaced, all others kept byte by byte. https://xiph.org/vorbis/doc/v-comment.html */
import { UserError } from '../../../support/user-error.ts'
import { ByteReader, EndOfBytes } from '../byte-reader.ts'
import { encodeUtf8, joinBytes, wholeNumber } from '../byte-writer.ts'

const sized = (bytes: Uint8Array): Uint8Array => joinBytes([wholeNumber(bytes.length, 4, 'little'), bytes])

/** Fields with their texts; null takes one away. */
export type VorbisTexts = Iterable<readonly [name: string, text: string | null]>

const nameOf = (field: Uint8Array): string => new TextDecoder().decode(field).split('=', 1)[0]!.toUpperCase()

const readFields = (comments: Uint8Array): { readonly vendor: Uint8Array; readonly fields: readonly Uint8Array[] } => {
  const reader = new ByteReader(comments, 'little')
  const vendor = reader.slice(4, reader.u32(0))
  const fields: Uint8Array[] = []
  let at = 4 + vendor.length + 4
  for (let left = reader.u32(at - 4); left > 0; left -= 1) {
    const field = reader.slice(at + 4, reader.u32(at))
    fields.push(field)
    at += 4 + field.length
  }
  return { vendor, fields }
}

const whereWhole = <Read>(read: () => Read): Read => {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof EndOfBytes)) throw error
    throw new UserError('TAGS_NOT_WRITABLE', 'The Vorbis comments are damaged.', {}, error)
  }
}

/** @param names in which case does not count @throws UserError TAGS_NOT_WRITABLE for comments that end too soon */
export const vorbisFieldsNamed = (
  comments: Uint8Array,
  names: readonly string[],
): readonly (readonly [name: string, text: string])[] => {
  const wanted = new Set(names.map((name) => name.toUpperCase()))
  return whereWhole(() => readFields(comments))
    .fields.filter((field) => wanted.has(nameOf(field)))
    .map((field) => {
      const [name = '', ...text] = new TextDecoder().decode(field).split('=')
      return [name, text.join('=')] as const
    })
}

/**
 * @param comments the body of the block; empty where the file has none
 * @param texts by the name of their field, in which case does not count; null takes one away
 * @throws UserError TAGS_NOT_WRITABLE for comments that end too soon
 */
export const withVorbisFields = (comments: Uint8Array, texts: VorbisTexts): Uint8Array =>
  whereWhole(() => {
    const { vendor, fields } =
      comments.length === 0 ? { vendor: encodeUtf8('Algiers'), fields: [] } : readFields(comments)
    const replaced = new Set([...texts].map(([name]) => name.toUpperCase()))
    const all = [
      ...fields.filter((field) => !replaced.has(nameOf(field))),
      ...[...texts].flatMap(([name, text]) => (text === null ? [] : encodeUtf8(`${name}=${text}`))),
    ]
    return joinBytes([sized(vendor), wholeNumber(all.length, 4, 'little'), ...all.map(sized)])
  })
