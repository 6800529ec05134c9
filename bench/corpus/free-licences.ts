import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** Neither non-commercial nor no-derivatives. */
export const isFree = (licence: string): boolean => !/\bN[CD]\b/.test(licence)

/** Licences of the tracks that may train what ships, by id. */
export const freeLicences = async (folder: string): Promise<ReadonlyMap<string, string>> => {
  const manifest = z
    .array(z.object({ id: z.string(), licence: z.string() }))
    .parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')))
  return new Map(manifest.filter(({ licence }) => isFree(licence)).map(({ id, licence }) => [id, licence]))
}
