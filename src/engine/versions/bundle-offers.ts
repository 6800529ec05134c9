import { randomUUID } from 'node:crypto'
import type { UnreadReason } from '../../core/models/bundle-file.ts'
import { type ErrorReport, toErrorReport, UserError } from '../../core/support/user-error.ts'
import { type AcceptableModel, acceptableModel } from './model-bundles.ts'
import type { ModelDetails } from './model-operations.ts'

/** Each may be some megabytes; whoever opens more has forgotten the first. */
const MOST_KEPT = 4

/** A file that the person has opened, and what is in it; nothing of it is taken yet. */
type BundleOffer = { readonly id: string; readonly fileName: string } & (
  | { readonly model: AcceptableModel; readonly problem: null }
  | { readonly model: null; readonly problem: ErrorReport }
)

const UNREAD: Readonly<Record<UnreadReason, string>> = {
  missing: 'The file is no longer there.',
  denied: 'Algiers has no permission to read the file.',
  other: 'It is a folder, or cannot be read.',
}

/** Model bundles that were opened from outside, until the person takes them or not. */
export type BundleOffers = {
  /** A file that is no bundle, or could not be read, is offered, too, so that the person is told. */
  readonly offer: (fileName: string, bytes: Uint8Array, unread?: UnreadReason) => Promise<BundleOffer>
  /** @throws OFFER_NOT_FOUND */
  readonly show: (id: string) => Promise<BundleOffer>
  /** Makes it a version, which is not activated. @throws OFFER_NOT_FOUND, and as the import does */
  readonly accept: (id: string) => Promise<ModelDetails>
}

type Opening = {
  readonly open: (bytes: Uint8Array) => Promise<Parameters<typeof acceptableModel>[0]>
  readonly take: (bytes: Uint8Array) => Promise<ModelDetails>
}

export const createBundleOffers = ({ open, take }: Opening): BundleOffers => {
  const kept = new Map<string, { readonly offer: BundleOffer; readonly bytes: Uint8Array }>()
  const keptAs = (id: string): { readonly offer: BundleOffer; readonly bytes: Uint8Array } => {
    const found = kept.get(id)
    if (found === undefined) throw new UserError('OFFER_NOT_FOUND', 'This file was opened a while ago.')
    return found
  }
  const lookInto = async (
    bytes: Uint8Array,
    unread?: UnreadReason,
  ): Promise<Pick<BundleOffer, 'model' | 'problem'>> => {
    try {
      if (unread !== undefined) throw new UserError('BUNDLE_UNREADABLE', UNREAD[unread])
      return { model: acceptableModel(await open(bytes)), problem: null }
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      return { model: null, problem: toErrorReport(error) }
    }
  }
  return {
    offer: async (fileName, bytes, unread) => {
      const offer = { id: randomUUID(), fileName, ...(await lookInto(bytes, unread)) } as BundleOffer
      kept.set(offer.id, { offer, bytes })
      for (const id of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(id)
      return offer
    },
    show: async (id) => keptAs(id).offer,
    accept: async (id) => {
      const model = await take(keptAs(id).bytes)
      kept.delete(id)
      return model
    },
  }
}
