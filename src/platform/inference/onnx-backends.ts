import type { Provider } from '../../core/tags/provider.ts'
import type { Backend } from './backend.ts'
import { loadWith, type Runtime } from './load-network.ts'
import { loadInOwnProcess } from './network-process.ts'

const native = (provider: Provider): Backend => ({
  provider,
  load: (onnx) => loadInOwnProcess(onnx, { provider }),
})

/** Cannot harm its process, so it runs in it. */
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
