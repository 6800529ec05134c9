import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { Answer } from '../../api/operations/client.ts'
import { TOLD_AS_NOTICE } from './query-client.ts'
import { queryOf } from './query-of.ts'

type OwnKind = Answer<'listOwnKinds'>[number]
export type Lens = Answer<'listLenses'>[number]
export type OwnKinds = ReadonlyMap<number, OwnKind>

const NONE: OwnKinds = new Map()
const byId = (kinds: readonly OwnKind[]): OwnKinds => new Map(kinds.map((kind) => [kind.id, kind]))

/** Every kind of the person's own that a label may have, by its id. */
export const useOwnKinds = (): OwnKinds =>
  useQuery({ ...queryOf('listOwnKinds'), select: byId, meta: TOLD_AS_NOTICE }).data ?? NONE

export const useLenses = (): UseQueryResult<readonly Lens[]> => useQuery(queryOf('listLenses'))
