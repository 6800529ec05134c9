import { openBundle } from '../../core/models/open-bundle.ts'
import { digestOf } from '../../platform/store/digest.ts'
import type { Store } from '../../platform/store/store.ts'
import { currentModelSpecDigest } from '../kit/model-spec-digest.ts'
import { keepBundle } from './model-bundles.ts'
import type { ModelDetails } from './model-operations.ts'

/** Takes a bundle in without a thread. */
export const importBundle = (store: Store, bytes: Uint8Array): ModelDetails =>
  keepBundle(store, openBundle(bytes, currentModelSpecDigest(), digestOf))
