import { QUALITY_CHECKS_VERSION } from '../../core/quality/check-quality.ts'
import { HEARD_CONTENT_VERSION } from '../../core/quality/heard-content.ts'
import { shippedEarsDigest } from '../../platform/inference/shipped-ears.ts'
import { digestOf } from '../../platform/store/digest.ts'
import { currentVectorSpecDigest } from '../analysis/track-vectors.ts'
import { currentFeatureSpecDigest } from '../kit/feature-spec-digest.ts'
import { sectionSpecDigest } from '../kit/section-spec-digest.ts'
import { shippedCard } from '../versions/base-model.ts'

/** Raise it when an analysis finds something else in a way that the other digests do not show. */
const VERSION = 5

/** Digest of everything that this version of Algiers does to a recording: results of the same recording and digest are the same. */
export const currentAnalysisSpec = (): string =>
  digestOf(
    JSON.stringify([
      VERSION,
      sectionSpecDigest(currentFeatureSpecDigest()),
      currentVectorSpecDigest(),
      shippedEarsDigest(),
      QUALITY_CHECKS_VERSION,
      HEARD_CONTENT_VERSION,
      shippedCard()?.sha256 ?? null,
    ]),
  )
