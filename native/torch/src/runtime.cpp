// Version, seeds, threads and devices.
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <torch/cuda.h>

#include <memory>
#include <mutex>
#include <stdexcept>

#include "guard.h"
#include "handles.h"

namespace {

c10::Device generator_device(int32_t type, int32_t index) {
  if (type != static_cast<int32_t>(c10::DeviceType::CPU) && type != static_cast<int32_t>(c10::DeviceType::CUDA)) {
    throw std::invalid_argument("generators live on the CPU or on CUDA");
  }
  return ib::to_device(type, index);
}

void seed_generator(at::Generator generator, int64_t seed) {
  const std::lock_guard<std::mutex> lock(generator.mutex());
  generator.set_current_seed(static_cast<uint64_t>(seed));
}

}  // namespace

extern "C" {

int32_t ib_abi_version(void) noexcept { return IB_TORCH_ABI_VERSION; }

const char* ib_libtorch_version(void) noexcept { return TORCH_VERSION; }

ib_status ib_manual_seed(int64_t seed) noexcept {
  return ib::guard([&] { at::manual_seed(static_cast<uint64_t>(seed)); });
}

ib_status ib_generator_default(int32_t device_type, int32_t device_index, ib_generator** out) noexcept {
  return ib::guard([&] {
    ib::require(out, "out");
    const auto device = generator_device(device_type, device_index);
    *out = new ib_generator{at::globalContext().defaultGenerator(device)};
  });
}

ib_status ib_generator_new(int32_t device_type, int32_t device_index, int64_t seed, ib_generator** out) noexcept {
  return ib::guard([&] {
    ib::require(out, "out");
    const auto device = generator_device(device_type, device_index);
    auto generator = device.is_cpu() ? at::detail::createCPUGenerator(static_cast<uint64_t>(seed))
                                     : at::globalContext().defaultGenerator(device).clone();
    seed_generator(generator, seed);
    *out = new ib_generator{std::move(generator)};
  });
}

void ib_generator_release(ib_generator* generator) noexcept { delete generator; }

ib_status ib_generator_seed(ib_generator* generator, int64_t seed) noexcept {
  return ib::guard([&] {
    ib::require(generator, "generator");
    seed_generator(generator->generator, seed);
  });
}

int64_t ib_generator_initial_seed(const ib_generator* generator) noexcept {
  if (generator == nullptr) return 0;
  int64_t seed = 0;
  ib::guard([&] { seed = static_cast<int64_t>(generator->generator.current_seed()); });
  return seed;
}

ib_status ib_generator_state(const ib_generator* generator, ib_tensor** out) noexcept {
  return ib::guard([&] {
    ib::require(generator, "generator");
    ib::require(out, "out");
    at::Generator source = generator->generator;
    const std::lock_guard<std::mutex> lock(source.mutex());
    *out = ib::give(source.get_state());
  });
}

ib_status ib_generator_set_state(ib_generator* generator, ib_tensor* state) noexcept {
  return ib::guard([&] {
    ib::require(generator, "generator");
    ib::require(state, "state");
    const std::lock_guard<std::mutex> lock(generator->generator.mutex());
    generator->generator.set_state(ib::borrow(state));
  });
}

ib_status ib_set_num_threads(int32_t threads) noexcept {
  return ib::guard([&] { at::set_num_threads(threads); });
}

int32_t ib_num_threads(void) noexcept { return at::get_num_threads(); }

ib_status ib_set_num_interop_threads(int32_t threads) noexcept {
  return ib::guard([&] { at::set_num_interop_threads(threads); });
}

int32_t ib_num_interop_threads(void) noexcept { return at::get_num_interop_threads(); }

int32_t ib_cuda_is_available(void) noexcept {
  int32_t available = 0;
  ib::guard([&] { available = torch::cuda::is_available(); });
  return available;
}

int32_t ib_cuda_cudnn_is_available(void) noexcept {
  int32_t available = 0;
  ib::guard([&] { available = torch::cuda::cudnn_is_available(); });
  return available;
}

int32_t ib_cuda_device_count(void) noexcept {
  int32_t count = 0;
  ib::guard([&] { count = static_cast<int32_t>(torch::cuda::device_count()); });
  return count;
}

ib_status ib_cuda_synchronize(int32_t device_index) noexcept {
  return ib::guard([&] { torch::cuda::synchronize(device_index); });
}

ib_status ib_cuda_manual_seed(int64_t seed, int32_t all_devices) noexcept {
  return ib::guard([&] {
    if (all_devices != 0) {
      torch::cuda::manual_seed_all(static_cast<uint64_t>(seed));
    } else {
      torch::cuda::manual_seed(static_cast<uint64_t>(seed));
    }
  });
}

}  // extern "C"
