import { LONGEST_KIND_NAME, OWN_KIND_KEYS, type OwnKind } from '../../core/labels/own-kind.ts'
import { isSectionKind } from '../../core/labels/section-kind.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { KeptOwnKind, Lens } from '../../platform/store/lens-store.ts'
import type { MadeStep } from '../kit/made-step.ts'
import type { Workspace } from '../kit/workspace.ts'
import { makeStep } from './teaching/label-steps.ts'

type LensView = Lens & { readonly kinds: readonly KeptOwnKind[] }

type OwnKindChange = { readonly [Name in keyof Omit<OwnKind, 'id'>]?: OwnKind[Name] | undefined }

/** Lenses: vocabularies of the person's own, beside the seven kinds. */
export type LensActions = {
  readonly list: () => Promise<readonly LensView[]>
  /** Every kind that a label may have, those that were taken out of their lens, too. */
  readonly kinds: () => Promise<readonly KeptOwnKind[]>
  /** One of that name that was removed comes back with its kinds. @throws LENS_EXISTS */
  readonly add: (name: string) => Promise<LensView>
  /** @throws LENS_NOT_FOUND, LENS_EXISTS */
  readonly rename: (id: number, name: string) => Promise<LensView>
  /** Labels keep its kinds. @throws LENS_NOT_FOUND */
  readonly remove: (id: number) => Promise<MadeStep>
  /** @throws LENS_NOT_FOUND, OWN_KIND_EXISTS, OWN_KIND_INVALID */
  readonly addKind: (lensId: number, kind: Omit<OwnKind, 'id'>) => Promise<KeptOwnKind>
  /** @throws OWN_KIND_NOT_FOUND, OWN_KIND_EXISTS, OWN_KIND_INVALID */
  readonly changeKind: (id: number, change: OwnKindChange) => Promise<KeptOwnKind>
  /** Labels keep it. @throws OWN_KIND_NOT_FOUND */
  readonly removeKind: (id: number) => Promise<MadeStep & { readonly labels: number }>
}

export const lensActions = ({ store, emit }: Pick<Workspace, 'store' | 'emit'>): LensActions => {
  const { lenses } = store
  const viewOf = (lens: Lens, kinds = lenses.kinds()): LensView => ({
    ...lens,
    kinds: kinds.filter(({ lensId, isRemoved }) => lensId === lens.id && !isRemoved),
  })
  const requireLens = (id: number): Lens => {
    const lens = lenses.get(id)
    if (lens === null) throw new UserError('LENS_NOT_FOUND', `There is no lens ${id}.`)
    return lens
  }
  const requireKind = (id: number): KeptOwnKind => {
    const kind = lenses.kind(id)
    if (kind === null || kind.isRemoved)
      throw new UserError('OWN_KIND_NOT_FOUND', `There is no kind ${id} of your own.`)
    return kind
  }
  const requireUsable = ({ name, key }: Omit<OwnKind, 'id'>, id: number | null): void => {
    if (isSectionKind(name.trim().toLowerCase()))
      throw new UserError('OWN_KIND_INVALID', `${name} is one of the seven kinds.`)
    if (name.length > LONGEST_KIND_NAME)
      throw new UserError('OWN_KIND_INVALID', `A name has ${LONGEST_KIND_NAME} letters at most.`)
    const other = lenses.kindNamed(name)
    if (other !== null && other.id !== id && (!other.isRemoved || id !== null))
      throw new UserError('OWN_KIND_EXISTS', `${other.name} is one already.`)
    if (key === null) return
    if (!(OWN_KIND_KEYS as readonly string[]).includes(key))
      throw new UserError('OWN_KIND_INVALID', `The key must be one of ${OWN_KIND_KEYS.join(', ')}.`)
    const taken = lenses.kinds().find((one) => one.key === key && one.id !== id && !one.isRemoved)
    if (taken !== undefined) throw new UserError('OWN_KIND_INVALID', `${key} is the key of ${taken.name}.`)
  }
  const changed = (): void => emit({ type: 'lenses' })
  const mapKind = (id: number, mapsTo: OwnKind['mapsTo']): void => {
    lenses.mapKind(id, mapsTo)
    emit({ type: 'labels', trackIds: [...store.labels.withOwnKind(id)] })
  }
  return {
    list: async () => {
      const kinds = lenses.kinds()
      return lenses.list().map((lens) => viewOf(lens, kinds))
    },
    kinds: async () => lenses.kinds(),
    add: async (name) => {
      if (lenses.named(name) !== null) throw new UserError('LENS_EXISTS', `There is a lens ${name} already.`)
      const id = lenses.add(name)
      changed()
      return viewOf(requireLens(id))
    },
    rename: async (id, name) => {
      requireLens(id)
      const other = lenses.named(name)
      if (other !== null && other.id !== id) throw new UserError('LENS_EXISTS', `There is a lens ${name} already.`)
      lenses.rename(id, name)
      changed()
      return viewOf(requireLens(id))
    },
    remove: async (id) => {
      const { name } = requireLens(id)
      lenses.remove(id)
      const step = makeStep(store, `Removed the lens “${name}”`, { kind: 'lens', lensId: id })
      changed()
      return step
    },
    addKind: async (lensId, kind) => {
      requireLens(lensId)
      requireUsable(kind, null)
      const id = lenses.addKind({ lensId, ...kind })
      const before = lenses.kind(id)!
      // One that comes back is on labels.
      if (before.mapsTo !== kind.mapsTo) mapKind(id, kind.mapsTo)
      changed()
      return requireKind(id)
    },
    changeKind: async (id, change) => {
      const before = requireKind(id)
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      const after = { ...before, ...given }
      requireUsable(after, id)
      lenses.changeKind(id, after)
      if (after.mapsTo !== before.mapsTo) mapKind(id, after.mapsTo)
      changed()
      return requireKind(id)
    },
    removeKind: async (id) => {
      const { name, labels } = requireKind(id)
      lenses.removeKind(id)
      const step = makeStep(store, `Removed the kind “${name}”`, { kind: 'own-kind', ownKindId: id })
      changed()
      return { ...step, labels }
    },
  }
}
