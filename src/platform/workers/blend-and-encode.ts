import { encodeOnnx } from '../../core/models/onnx-encode.ts'
import { type BlendRequest, type TriedBlend, tryBlend } from '../../core/training/try-blend.ts'

export type EncodedBlend = Omit<TriedBlend, 'model'> & { readonly onnx: Uint8Array }

/** Blends two models and encodes the blend, ready to be published; null where they cannot be compared. */
export const blendAndEncode = (request: BlendRequest): EncodedBlend | null => {
  const tried = tryBlend(request)
  if (tried === null) return null
  const { model, ...blend } = tried
  return { ...blend, onnx: encodeOnnx(model) }
}
