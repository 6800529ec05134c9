import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { initWasm, Resvg } from '@resvg/resvg-wasm'

await initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')))

export type Picture = { readonly size: number; readonly png: Buffer }

export const pictures = (svg: string, sizes: readonly number[]): Picture[] =>
  sizes.map((size) => ({
    size,
    png: Buffer.from(new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render().asPng()),
  }))

/** Names of PNG pictures in an `.icns` by their width, two where the second is one of half the size for a finer screen. */
const ICNS_NAMES: Readonly<Record<number, readonly string[]>> = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
}
const ICNS_HEADER_BYTES = 8

const chunk = (name: string, bytes: Buffer): Buffer => {
  const header = Buffer.alloc(ICNS_HEADER_BYTES)
  header.write(name, 'latin1')
  header.writeUInt32BE(ICNS_HEADER_BYTES + bytes.length, 4)
  return Buffer.concat([header, bytes])
}

/** The icon of a program on macOS. https://en.wikipedia.org/wiki/Apple_Icon_Image_format */
export const icnsOf = (svg: string): Buffer =>
  chunk(
    'icns',
    Buffer.concat(
      pictures(svg, Object.keys(ICNS_NAMES).map(Number)).flatMap(({ size, png }) =>
        ICNS_NAMES[size]!.map((name) => chunk(name, png)),
      ),
    ),
  )

const ICO_SIZES = [16, 24, 32, 48, 64, 256]
const ICO_HEADER_BYTES = 6
const ICO_ENTRY_BYTES = 16

/** The icon of a program on Windows. https://en.wikipedia.org/wiki/ICO_(file_format) */
export const icoOf = (svg: string): Buffer => {
  const all = pictures(svg, ICO_SIZES)
  const header = Buffer.alloc(ICO_HEADER_BYTES + all.length * ICO_ENTRY_BYTES)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(all.length, 4)
  let offset = header.length
  all.forEach(({ size, png }, index) => {
    const at = ICO_HEADER_BYTES + index * ICO_ENTRY_BYTES
    // A byte of 0 stands for 256.
    header.writeUInt8(size % 256, at)
    header.writeUInt8(size % 256, at + 1)
    header.writeUInt16LE(1, at + 4)
    header.writeUInt16LE(32, at + 6)
    header.writeUInt32LE(png.length, at + 8)
    header.writeUInt32LE(offset, at + 12)
    offset += png.length
  })
  return Buffer.concat([header, ...all.map(({ png }) => png)])
}
