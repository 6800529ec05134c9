import type { Provider } from '../../core/tags/provider.ts'
import type { Backend } from './backend.ts'
import { loadWith, type Runtime } from './load-network.ts'
import { loadInOwnProcess } from './network-process.ts'

const native = (provider: Provider): Backend => ({
  provider,
  load: (onnx) => loadInOwnProcess(onnx, { provider }),
})

/** WebAssembly cannot harm its process, so it runs in this one. */
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

/** All backends that may work on this machine, the preferred first; only a run tells whether one does. */
export const backendsOf = (platform: NodeJS.Platform): readonly Backend[] => [
  ...(ACCELERATORS[platform] ?? []).map(native),
  native('cpu'),
  wasm,
]
