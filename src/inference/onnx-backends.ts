import type { InferenceSession, Tensor } from 'onnxruntime-web'
import { type Backend, INPUT_NAME, type LoadedNetwork, type Provider } from './backend.ts'

/** What both runtimes have in common, as far as it is used here. */
type Runtime = {
  readonly InferenceSession: {
    create: (onnx: Uint8Array, options: InferenceSession.SessionOptions) => Promise<InferenceSession>
  }
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => Tensor
}

const loadWith = async (
  { InferenceSession: sessions, Tensor: FloatTensor }: Runtime,
  onnx: Uint8Array,
  provider: Provider,
): Promise<LoadedNetwork> => {
  // One thread each: tracks are heard side by side.
  const options = { executionProviders: [provider], intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 4 }
  const session = await sessions.create(onnx, options as InferenceSession.SessionOptions)
  return {
    run: async (input, shape) => {
      const outputs = await session.run({ [INPUT_NAME]: new FloatTensor('float32', input, shape) })
      return Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, data as Float32Array]))
    },
    close: () => session.release(),
  }
}

const native = (provider: Provider): Backend => ({
  provider,
  load: async (onnx) => {
    const { default: runtime } = await import('onnxruntime-node')
    // A provider that is not there is told by its error; the runtime would write it to stderr as well.
    runtime.env.logLevel = 'fatal'
    return loadWith(runtime as unknown as Runtime, onnx, provider)
  },
})

const wasm: Backend = {
  provider: 'wasm',
  load: async (onnx) => {
    const runtime = await import('onnxruntime-web')
    runtime.env.wasm.numThreads = 1
    return loadWith(runtime as unknown as Runtime, onnx, 'wasm')
  },
}

const ACCELERATORS: Readonly<Partial<Record<NodeJS.Platform, readonly Provider[]>>> = {
  darwin: ['coreml'],
  linux: ['cuda'],
  win32: ['cuda', 'dml'],
}

/** All that may work on this machine, the preferred first; whether it does, only a run tells. */
export const backendsOf = (platform: NodeJS.Platform): readonly Backend[] => [
  ...(ACCELERATORS[platform] ?? []).map(native),
  native('cpu'),
  wasm,
]
