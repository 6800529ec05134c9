/** Weights of the grid, and cards that name them by their digests and say what they learnt from. */
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'

export const BEATS_FOLDER = new URL('../../src/core/beats/', import.meta.url)

type About = { readonly what: string; readonly trained_on: Readonly<Record<string, unknown>> }

/** Six digits are beyond what the data determine, and keep the files small. */
const serialise = (model: unknown): string =>
  `${JSON.stringify(model, (_key, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(6)) : value))}\n`

/** @param card name of the card beside the recipes @param weights by their file in `src/core/beats/` */
export const writeWeights = async (
  card: string,
  about: About & Readonly<Record<string, unknown>>,
  weights: Readonly<Record<string, unknown>>,
): Promise<void> => {
  const sha256: Record<string, string> = {}
  for (const [file, model] of Object.entries(weights)) {
    const text = serialise(model)
    sha256[file] = createHash('sha256').update(text).digest('hex')
    await writeFile(new URL(file, BEATS_FOLDER), text)
  }
  await writeFile(new URL(card, import.meta.url), `${JSON.stringify({ ...about, sha256 }, null, 2)}\n`)
}
