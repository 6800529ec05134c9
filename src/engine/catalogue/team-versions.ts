import { UserError } from '../../core/support/user-error.ts'
import type { Sql } from '../../platform/catalogue/connect.ts'
import {
  activate,
  holdVersions,
  putVersion,
  readOnnx,
  readVersions,
  type TeamVersion,
} from '../../platform/catalogue/model-rows.ts'
import type { ModelFile } from '../../platform/store/model-files.ts'
import type { Store } from '../../platform/store/store.ts'
import { cardOrNull } from '../versions/model-card.ts'

/** By the number that a version had where it comes from: the one that it has where it goes. */
export type Renumbered = ReadonlyMap<number, number>

type Card = Readonly<Record<string, unknown>>
const parsed = (card: string): Card => JSON.parse(card) as Card
const numbered = (card: Card, version: number): Card => (card.version === version ? card : { ...card, version })
/** What publishing adds goes, so that it stands where it stood. */
const ownMembers = ({ model_file: _, sha256: __, bytes: ___, ...own }: Card): Card => own
export const cardText = (card: Card): string => JSON.stringify(card)

/** A version whose card or model is damaged is left where it is. */
const readable = (store: Store): readonly ModelFile[] =>
  store.models.versions().flatMap((version) => {
    try {
      return cardOrNull(store, version) === null ? [] : [store.models.read(version)]
    } catch (error) {
      if (error instanceof UserError) return []
      throw error
    }
  })

/** Adds versions, each under its number or, where the team has that already, above all. @param kept numbers that are not given to others */
const putFree = async (
  sql: Sql,
  teamId: number,
  versions: readonly ModelFile[],
  { there, kept }: { readonly there: readonly TeamVersion[]; readonly kept: readonly number[] },
): Promise<Renumbered> => {
  const taken = new Set(there.map(({ version }) => version))
  const numbers = new Map<number, number>()
  for (const { version: from, onnx, card } of versions) {
    const to = taken.has(from) ? Math.max(...taken, ...kept) + 1 : from
    taken.add(to)
    numbers.set(from, to)
    await putVersion(sql, teamId, { version: to, onnx, card: cardText(numbered(card, to)) })
  }
  return numbers
}

/**
 * Gives a team the versions of a library. One that it has already is not given twice, and one whose number is taken gets another.
 * @param sql of a transaction
 * @returns without versions that are damaged
 */
export const takeVersions = async (sql: Sql, teamId: number, store: Store): Promise<Renumbered> => {
  await holdVersions(sql, teamId)
  const there = await readVersions(sql, teamId)
  const known = new Map(there.flatMap(({ version, card }) => (card === null ? [] : [[parsed(card).sha256, version]])))
  const [before, added] = [new Map<number, number>(), [] as ModelFile[]]
  for (const file of readable(store)) {
    const version = known.get(file.card.sha256)
    if (version === undefined) added.push(file)
    else before.set(file.version, version)
  }
  const numbers = new Map([...before, ...(await putFree(sql, teamId, added, { there, kept: store.models.versions() }))])
  const active = store.models.activeVersion()
  if (active !== null && !there.some(({ isActive }) => isActive))
    await activate(sql, teamId, active === 0 ? 0 : (numbers.get(active) ?? null))
  return numbers
}

/** Versions that were made on a bench are the team's; one whose number somebody else has taken meanwhile gets another. @param sql of a transaction */
export const keepNewVersions = async (
  sql: Sql,
  teamId: number,
  versions: readonly ModelFile[],
): Promise<Renumbered> => {
  await holdVersions(sql, teamId)
  const there = await readVersions(sql, teamId)
  return putFree(sql, teamId, versions, { there, kept: versions.map(({ version }) => version) })
}

/** Puts the versions of a team into a library, where the same rules hold, and makes the same one active. */
export const putVersions = async (sql: Sql, teamId: number, store: Store): Promise<Renumbered> => {
  const known = new Map(store.models.versions().map((version) => [store.models.summary(version).card.sha256, version]))
  const numbers = new Map<number, number>()
  let active: number | null = null
  for (const { version: from, card, isActive, isDeleted } of await readVersions(sql, teamId)) {
    if (isDeleted) store.models.reserve(from)
    const onnx = card === null ? null : await readOnnx(sql, teamId, from)
    if (card !== null && onnx !== null) {
      const content = parsed(card)
      const before = known.get(content.sha256)
      const to = before ?? (store.models.exists(from) ? store.models.nextVersion() : from)
      numbers.set(from, to)
      if (before === undefined) store.models.publish({ version: to, onnx, card: ownMembers(numbered(content, to)) })
    }
    if (isActive) active = numbers.get(from) ?? from
  }
  if (active === store.models.activeVersion()) return numbers
  if (active === null) store.models.deactivate()
  else if (active === 0) store.models.activateWithoutFiles(0)
  else store.models.activate(active)
  return numbers
}
