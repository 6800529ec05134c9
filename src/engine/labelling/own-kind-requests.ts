import { isSectionKind } from '../../core/labels/section-kind.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'

type Asked = { readonly kind?: unknown; readonly ownKindId?: number | null | undefined }

/**
 * A kind of the person's own may be asked for by its name in the place of the kind, or by its id: the kind is then what it stands for.
 * @throws OWN_KIND_NOT_FOUND
 */
export const withOwnKind = <Request extends Asked>(store: Store, request: Request): Request => {
  const { kind, ownKindId } = request
  if (typeof ownKindId === 'number') {
    const own = store.lenses.kind(ownKindId)
    if (own === null) throw new UserError('OWN_KIND_NOT_FOUND', `There is no kind ${ownKindId} of your own.`)
    return { ...request, kind: own.mapsTo }
  }
  if (typeof kind !== 'string' || isSectionKind(kind)) return request
  const own = store.lenses.kindNamed(kind)
  return own === null ? request : { ...request, kind: own.mapsTo, ownKindId: own.id }
}
