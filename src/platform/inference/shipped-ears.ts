import { fileURLToPath } from 'node:url'
import { shippedDigest } from './pack-file.ts'

/** Folder of the network that ships with this package. */
export const SHIPPED_EARS = fileURLToPath(new URL('../../../assets/ears/', import.meta.url))
/** The name of the card in any folder of such a network. */
export const EARS_CARD = 'ears.json'

/** Digest of the shipped weights, for which the heard features of sections are valid. */
export const shippedEarsDigest = shippedDigest(SHIPPED_EARS, EARS_CARD)
