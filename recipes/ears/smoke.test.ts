import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as native from 'onnxruntime-node'
import * as web from 'onnxruntime-web'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { parseEarsCard } from '../../src/core/tags/ears-card.ts'
import { differenceFrom, golden, hearGolden, MOST_DIFFERENCE } from './golden.fixture.ts'
import { Lacking, prepareRecipe, type Recipe } from './smoke-machine.fixture.ts'

/** The first time an environment is made and packages are fetched; then it is a minute. */
const LONGEST_MS = 20 * 60_000

const folder = mkdtempSync(join(tmpdir(), 'algiers-ears-'))
const [work, out] = [join(folder, 'work'), join(folder, 'out')]
let recipe: Recipe
let lacking: string | undefined

beforeAll(async () => {
  try {
    recipe = await prepareRecipe()
    await recipe.smoke(work, out)
  } catch (error) {
    if (!(error instanceof Lacking)) throw error
    lacking = error.message
    console.log(`The recipe of the ears is not run here: ${lacking}`)
  }
}, LONGEST_MS)
beforeEach(({ skip }) => skip(lacking !== undefined, lacking))
afterAll(() => rmSync(folder, { recursive: true }))

const onnx = (): Buffer => readFileSync(join(out, 'ears.onnx'))
const json = (): unknown => JSON.parse(readFileSync(join(out, 'ears.json'), 'utf8'))

/** Names by how often they are true of clips of the split. */
const counts = (clips: readonly string[], isTraining: boolean): Map<string, number> => {
  const counted = new Map<string, number>()
  for (const line of clips) {
    const { split, positive } = JSON.parse(line) as { split: string; positive: string[] }
    if ((split === 'train') === isTraining) for (const tag of positive) counted.set(tag, (counted.get(tag) ?? 0) + 1)
  }
  return counted
}

test('the card is one that the program takes, and that of the network beside it', () => {
  expect(parseEarsCard(json())).toMatchObject({
    onnx: { sha256: createHash('sha256').update(onnx()).digest('hex') },
    outputs: { embedding: 512 },
  })
})

test('its tags are those that clips tell often enough, and the teachers’', () => {
  const sets = readdirSync(join(work, 'clips')).filter((name) => name.endsWith('.jsonl'))
  const clips = sets.flatMap((name) =>
    readFileSync(join(work, 'clips', name), 'utf8')
      .trim()
      .split('\n'),
  )
  const [trained, heldOut] = [counts(clips, true), counts(clips, false)]
  const constructed = [...trained].filter(([tag, n]) => n >= 12 && (heldOut.get(tag) ?? 0) >= 4).map(([tag]) => tag)
  const lists = readFileSync(join(work, 'musicnn', 'musicnn', 'configuration.py'), 'utf8')
  const taught = [...lists.matchAll(/^M(?:SD|TT)_LABELS = \[([^\]]*)\]/gm)].flatMap(([, names]) =>
    [...names!.matchAll(/'([^']*)'/g)].map(([, name]) => name!.toLowerCase()),
  )
  expect(taught).toHaveLength(100)
  const { tags } = parseEarsCard(json()) as Exclude<ReturnType<typeof parseEarsCard>, string>
  expect(tags.map(({ name }) => name).toSorted()).toEqual([...new Set([...constructed, ...taught])].toSorted())
  expect(constructed).toEqual(expect.arrayContaining(['music', 'speech', 'noise', 'silence']))
})

test('both runtimes hear what PyTorch heard', async () => {
  const said = z.object({ golden }).parse(json()).golden
  for (const runtime of [web, native]) {
    const heard = await hearGolden(runtime, onnx())
    expect(differenceFrom(said, heard)).toBeLessThanOrEqual(MOST_DIFFERENCE)
    for (const row of heard.embedding) expect(Math.hypot(...row)).toBeCloseTo(1, 4)
  }
})

test('every tag is measured, and what is told of the whole', () => {
  const share = z.number().min(0).max(1)
  const tag = z.object({ auc: share, average_precision: share, prevalence: share, held_out: z.number().min(4) })
  const measured = z.object({
    states: z.object({ recall: z.object({ music: share, speech: share, noise: share, silence: share }) }),
    teacher_correlation: z.object({ 'held-out packages': z.object({ mean: z.number(), clips: z.number().min(4) }) }),
    retrieval_map_at_10: z.record(z.string(), z.object({ 'same track': share, 'same package, another track': share })),
    onnx_against_pytorch: z.number().max(MOST_DIFFERENCE),
  })
  const { measured: found } = z.object({ tags: z.array(tag).min(1), measured }).parse(json())
  expect(Object.keys(found.retrieval_map_at_10)).toEqual(expect.arrayContaining(['embedding', 'both, 400-d', 'chance']))
})

test(
  'what is done is not done again',
  async () => {
    const written = (): readonly string[] =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name))
        .map((path) => `${path} ${statSync(path).mtimeMs}`)
    const before = written()
    expect(await recipe.smoke(work, out)).toBe('')
    expect(written()).toEqual(before)
  },
  LONGEST_MS,
)
