import { fileURLToPath } from 'node:url'
import { shippedDigest } from './pack-file.ts'

/** Folder of the network of form that ships with this package. */
export const SHIPPED_FORM = fileURLToPath(new URL('../../../assets/form/', import.meta.url))
/** The name of the card in any folder of such a network. */
export const FORM_CARD = 'form.json'

/** Digest of the shipped weights, for which sections are valid. */
export const shippedFormDigest = shippedDigest(SHIPPED_FORM, FORM_CARD)
