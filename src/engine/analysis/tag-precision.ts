import { describeEars } from '../../platform/inference/ears-pack.ts'
import { SHIPPED_EARS } from '../../platform/inference/shipped-ears.ts'
import type { Store } from '../../platform/store/store.ts'

/**
 * Keeps what is known now of the tags of the network in use, so that tracks it heard earlier are told by it. A network that cannot
 * be read is told of when it is to hear.
 */
export const keepTagPrecision = (store: Store): void => {
  let described: ReturnType<typeof describeEars>
  try {
    described = describeEars(store.settings.all().earsFolder || SHIPPED_EARS)
  } catch {
    // The library then tells of tags as it did before.
    return
  }
  store.hearing.putPrecision(described.digest, described.precision)
}
