import { type OpenedBundle, openBundle as open } from '../../core/models/open-bundle.ts'
import { digestOf } from '../store/digest.ts'

export type OpenBundleInput = { readonly bytes: Uint8Array; readonly modelSpec: string }

export const openBundle = ({ bytes, modelSpec }: OpenBundleInput): OpenedBundle => open(bytes, modelSpec, digestOf)
