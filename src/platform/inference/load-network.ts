import type { InferenceSession, Tensor } from 'onnxruntime-web'
import type { Provider } from '../../core/tags/provider.ts'
import type { LoadedNetwork } from './backend.ts'

/** The part of both runtimes that is used here. */
export type Runtime = {
  readonly InferenceSession: {
    create: (onnx: Uint8Array, options: InferenceSession.SessionOptions) => Promise<InferenceSession>
  }
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => Tensor
}

export const loadWith = async (
  { InferenceSession: sessions, Tensor: FloatTensor }: Runtime,
  onnx: Uint8Array,
  provider: Provider,
): Promise<LoadedNetwork> => {
  // Each network gets one thread, because tracks are heard side by side.
  const options = { executionProviders: [provider], intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 4 }
  const session = await sessions.create(onnx, options as InferenceSession.SessionOptions)
  return {
    run: async (input, shape) => {
      const outputs = await session.run({ [session.inputNames[0]!]: new FloatTensor('float32', input, shape) })
      return Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, data as Float32Array]))
    },
    close: () => session.release(),
  }
}
