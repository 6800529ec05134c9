import { z } from 'zod'

/** What PyTorch said of two windows, by which a network is known again. */
export const golden = z.object({ embedding: z.array(z.number()), tags: z.array(z.number()) })
type Golden = z.infer<typeof golden>

const WINDOWS = 2
const SHAPE = [WINDOWS, 128, 96]
/** Between PyTorch and any runtime. */
export const MOST_DIFFERENCE = 1e-4

/** The packages of the runtimes are told apart by what they run on alone. */
type Runtime = Pick<typeof import('onnxruntime-web'), 'InferenceSession' | 'Tensor'>
export type Heard = {
  readonly embedding: readonly (readonly number[])[]
  readonly tags: readonly (readonly number[])[]
}

/** @returns what the network says of the golden input, a row for each window. */
export const hearGolden = async ({ InferenceSession, Tensor }: Runtime, onnx: Uint8Array): Promise<Heard> => {
  const size = SHAPE.reduce((product, side) => product * side)
  const levels = Float32Array.from({ length: size }, (_, n) => -60 + 30 * Math.sin(n * n * 1e-5))
  const session = await InferenceSession.create(onnx)
  const { embedding, tags } = await session.run({ mel: new Tensor('float32', levels, SHAPE) })
  const rows = ({ data, dims }: { readonly data: unknown; readonly dims: readonly number[] }) =>
    Array.from({ length: WINDOWS }, (_, row) => [...(data as Float32Array).slice(row * dims[1]!, (row + 1) * dims[1]!)])
  return { embedding: rows(embedding!), tags: rows(tags!) }
}

/** The card keeps the first values of each window. */
export const differenceFrom = (wanted: Golden, said: Heard): number =>
  Math.max(
    ...(['embedding', 'tags'] as const).flatMap((output) => {
      const perWindow = wanted[output].length / WINDOWS
      return wanted[output].map((value, at) =>
        Math.abs(value - said[output][Math.floor(at / perWindow)]![at % perWindow]!),
      )
    }),
  )
