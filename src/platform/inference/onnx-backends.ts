import { globSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Provider } from '../../core/tags/provider.ts'
import type { Backend } from './backend.ts'
import { loadWith, type Runtime } from './load-network.ts'
import { loadInOwnProcess } from './network-process.ts'

const native = (provider: Provider): Backend => ({
  provider,
  load: async (onnx) => {
    // Few machines have it, and to find that out a process would have to be started.
    if (provider === 'cuda' && !hasCudaLibrary()) throw new Error('its library is not installed')
    return loadInOwnProcess(onnx, { provider })
  },
})

/** The package of the runtime comes without it; its own script fetches it where somebody wants it. */
const hasCudaLibrary = (): boolean => {
  const parts = fileURLToPath(import.meta.resolve('onnxruntime-node/package.json'))
  const libraries = globSync(`bin/napi-v*/*/*/*onnxruntime_providers_cuda.*`, { cwd: dirname(parts) })
  return libraries.length > 0
}

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
