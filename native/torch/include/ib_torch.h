/* C interface to libtorch.
 *
 * One generic call reaches every operator of libtorch's dispatcher (ib_operator_find, ib_operator_call); the other
 * functions create tensors from memory, look into them, drive autograd, run TorchScript and query the runtime.
 *
 * Conventions
 *  - Every function that can fail returns IB_OK or IB_ERROR. After IB_ERROR, ib_last_error() has libtorch's message
 *    (without its C++ backtrace) for the calling thread, and no output argument was written.
 *  - No C++ exception leaves this library, and only the symbols declared here are exported.
 *  - Handles (ib_tensor, ib_script, ib_generator, ib_inference_guard) that a function returns belong to the caller, who
 *    releases each exactly once. Handles that are passed in are borrowed for the length of the call.
 *  - NULL where a handle or an output is needed, negative counts, and numbers that no dtype or device has are refused with
 *    a message; functions that return a property of a handle give 0 for NULL (dtype, device and layout: -1).
 *  - An ib_operator is shared, lives until the process ends and is never released.
 *  - All functions may be called from any thread at once; only the two halves of an inference guard must run on one
 *    thread, and grad mode, the last error and the OpenMP thread count belong to the calling thread.
 *  - dtype and device numbers are those of c10::ScalarType and c10::DeviceType. Sizes and strides count elements.
 */
#ifndef IB_TORCH_H
#define IB_TORCH_H

#include <stdint.h>

#if defined(__GNUC__)
#define IB_API __attribute__((visibility("default")))
#else
#define IB_API
#endif

#ifdef __cplusplus
#define IB_NOEXCEPT noexcept
extern "C" {
#else
#define IB_NOEXCEPT
#endif

/* Raised whenever a signature, a tag or a rule of ownership here changes; a caller refuses any other number. */
#define IB_TORCH_ABI_VERSION 1

typedef int32_t ib_status;
enum { IB_OK = 0, IB_ERROR = 1 };

typedef struct ib_tensor ib_tensor;
typedef struct ib_operator ib_operator;
typedef struct ib_script ib_script;
typedef struct ib_generator ib_generator;
typedef struct ib_inference_guard ib_inference_guard;

/* What an ib_value holds, and which of its fields say so. */
enum {
  IB_NONE = 0,          /* an absent optional argument or an undefined tensor */
  IB_DEFAULT = 1,       /* argument only: take the default of the operator's schema */
  IB_TENSOR = 2,        /* pointer: ib_tensor* */
  IB_INT = 3,           /* integer; also dtype, layout and memory format */
  IB_DOUBLE = 4,        /* real */
  IB_BOOL = 5,          /* integer: 0 or 1 */
  IB_STRING = 6,        /* pointer: UTF-8, count: bytes */
  IB_INT_LIST = 7,      /* pointer: const int64_t*, count */
  IB_DOUBLE_LIST = 8,   /* pointer: const double*, count */
  IB_BOOL_LIST = 9,     /* pointer: const uint8_t*, count */
  IB_TENSOR_LIST = 10,  /* pointer: ib_tensor* const*, count */
  IB_OPTIONAL_TENSOR_LIST = 11, /* argument only: as IB_TENSOR_LIST, where NULL stands for none */
  IB_DEVICE = 12,       /* integer: device type, count: index (-1: current) */
  IB_COMPLEX = 13,      /* real, imaginary */
  IB_GENERATOR = 14,    /* argument only, pointer: ib_generator* */
  IB_TUPLE = 15         /* result only, pointer: ib_value*, count; a tuple, or a list of anything but tensors */
};

typedef struct ib_value {
  int32_t tag;
  int32_t count;
  union {
    int64_t integer;
    double real;
    void* pointer;
  };
  double imaginary;
} ib_value;

/* ---- library ---- */

/* The IB_TORCH_ABI_VERSION that the library was built with. */
IB_API int32_t ib_abi_version(void) IB_NOEXCEPT;
/* libtorch's version, e.g. "1.13.1". Static storage. */
IB_API const char* ib_libtorch_version(void) IB_NOEXCEPT;
/* Message of the calling thread's last failed call; valid until its next failed call. Never NULL. */
IB_API const char* ib_last_error(void) IB_NOEXCEPT;
/* Tensor handles given out and not yet released, over all threads. */
IB_API int64_t ib_live_tensors(void) IB_NOEXCEPT;

/* ---- operators ---- */

/* Looks up e.g. name "aten::add", overload "Tensor". The same name and overload always give the same pointer. */
IB_API ib_status ib_operator_find(const char* name, const char* overload, const ib_operator** out) IB_NOEXCEPT;
/* Calls an operator with `count` arguments in the order of its schema; missing ones take the schema's defaults.
 * Writes all results when there are at most `capacity`, else fails. results NULL drops them (in-place operators).
 * Tensors in results belong to the caller; arrays in them are released with ib_values_free. */
IB_API ib_status ib_operator_call(const ib_operator* op, const ib_value* arguments, int32_t count, ib_value* results,
                                  int32_t capacity, int32_t* result_count) IB_NOEXCEPT;
/* Releases arrays and strings inside results (nested ones too) but not the tensors, which the caller has taken over. */
IB_API void ib_values_free(ib_value* values, int32_t count) IB_NOEXCEPT;

/* ---- tensors ---- */

/* New tensor with a copy of the contiguous row-major host memory at data. */
IB_API ib_status ib_tensor_from_memory(const void* data, const int64_t* sizes, int32_t dimensions, int32_t dtype,
                                       ib_tensor** out) IB_NOEXCEPT;
/* New CPU tensor over the caller's contiguous memory. The memory must stay valid and in place until deleter(context) is
 * called, once, from any thread, when the last tensor over it goes. After an error deleter was not and will not be called. */
IB_API ib_status ib_tensor_from_blob(void* data, const int64_t* sizes, int32_t dimensions, int32_t dtype,
                                     void (*deleter)(void* context), void* context, ib_tensor** out) IB_NOEXCEPT;
/* Another handle to the same tensor. */
IB_API ib_tensor* ib_tensor_share(ib_tensor* tensor) IB_NOEXCEPT;
IB_API void ib_tensor_release(ib_tensor* tensor) IB_NOEXCEPT;

IB_API int32_t ib_tensor_dimensions(const ib_tensor* tensor) IB_NOEXCEPT;
IB_API int64_t ib_tensor_element_count(const ib_tensor* tensor) IB_NOEXCEPT;
IB_API int32_t ib_tensor_dtype(const ib_tensor* tensor) IB_NOEXCEPT;
IB_API int32_t ib_tensor_device(const ib_tensor* tensor, int32_t* index) IB_NOEXCEPT;
/* Layout: 0 strided, 1 sparse, as c10::Layout. */
IB_API int32_t ib_tensor_layout(const ib_tensor* tensor) IB_NOEXCEPT;
/* Write ib_tensor_dimensions numbers. Strides fail for sparse tensors. */
IB_API ib_status ib_tensor_sizes(const ib_tensor* tensor, int64_t* sizes) IB_NOEXCEPT;
IB_API ib_status ib_tensor_strides(const ib_tensor* tensor, int64_t* strides) IB_NOEXCEPT;
/* memory_format: c10::MemoryFormat (0 contiguous, 2 channels last, 3 channels last 3-d). */
IB_API int32_t ib_tensor_is_contiguous(const ib_tensor* tensor, int32_t memory_format) IB_NOEXCEPT;
/* First element, on the tensor's device; valid while a tensor over the storage lives. NULL for an empty tensor.
 * Fails for lazily conjugated or negated views, whose memory holds other values than they have. */
IB_API ib_status ib_tensor_data(const ib_tensor* tensor, void** out) IB_NOEXCEPT;
IB_API ib_status ib_tensor_storage_offset(const ib_tensor* tensor, int64_t* out) IB_NOEXCEPT;

/* ---- autograd ---- */

IB_API int32_t ib_tensor_requires_grad(const ib_tensor* tensor) IB_NOEXCEPT;
IB_API ib_status ib_tensor_set_requires_grad(ib_tensor* tensor, int32_t requires_grad) IB_NOEXCEPT;
IB_API int32_t ib_tensor_is_leaf(const ib_tensor* tensor) IB_NOEXCEPT;
IB_API ib_status ib_tensor_retain_grad(ib_tensor* tensor) IB_NOEXCEPT;
/* *out is NULL while there is no gradient. */
IB_API ib_status ib_tensor_grad(const ib_tensor* tensor, ib_tensor** out) IB_NOEXCEPT;
/* grad NULL clears it. */
IB_API ib_status ib_tensor_set_grad(ib_tensor* tensor, ib_tensor* grad) IB_NOEXCEPT;
/* Makes the tensor hold the other's values, type, shape and device; what else refers to it sees them. */
IB_API ib_status ib_tensor_set_data(ib_tensor* tensor, ib_tensor* data) IB_NOEXCEPT;
/* Adds gradients of the tensors into their leaves, or into `inputs` only when there are any. grads: NULL, or one entry a
 * tensor (NULL entry: ones, for scalars). */
IB_API ib_status ib_backward(ib_tensor* const* tensors, ib_tensor* const* grads, int32_t count, ib_tensor* const* inputs,
                             int32_t input_count, int32_t retain_graph, int32_t create_graph) IB_NOEXCEPT;
/* Writes one gradient an input (NULL where unused and allowed). */
IB_API ib_status ib_gradients(ib_tensor* const* outputs, ib_tensor* const* grads, int32_t output_count,
                              ib_tensor* const* inputs, int32_t input_count, int32_t retain_graph, int32_t create_graph,
                              int32_t allow_unused, ib_tensor** results) IB_NOEXCEPT;
/* Returns the previous state. */
IB_API int32_t ib_set_grad_mode(int32_t enabled) IB_NOEXCEPT;
IB_API int32_t ib_grad_mode(void) IB_NOEXCEPT;
/* Guards nest and are left in reverse order, on the thread that entered them. */
IB_API ib_status ib_inference_enter(int32_t enabled, ib_inference_guard** out) IB_NOEXCEPT;
IB_API void ib_inference_leave(ib_inference_guard* guard) IB_NOEXCEPT;
IB_API int32_t ib_inference_mode(void) IB_NOEXCEPT;

/* ---- TorchScript ---- */

/* Loads a module saved by torch.jit.save; device_type -1 keeps the devices recorded in the file. */
IB_API ib_status ib_script_load(const char* path, int32_t device_type, int32_t device_index, ib_script** out) IB_NOEXCEPT;
/* Compiles TorchScript source with free functions. */
IB_API ib_status ib_script_compile(const char* source, ib_script** out) IB_NOEXCEPT;
IB_API void ib_script_release(ib_script* script) IB_NOEXCEPT;
/* Calls a method of a module, or a function of compiled source. One result, which may be an IB_TUPLE. */
IB_API ib_status ib_script_invoke(ib_script* script, const char* method, const ib_value* arguments, int32_t count,
                                  ib_value* result) IB_NOEXCEPT;
IB_API ib_status ib_script_save(ib_script* script, const char* path) IB_NOEXCEPT;
/* dtype -1 keeps dtypes, device_type -1 keeps devices. */
IB_API ib_status ib_script_to(ib_script* script, int32_t device_type, int32_t device_index, int32_t dtype) IB_NOEXCEPT;
IB_API ib_status ib_script_train(ib_script* script, int32_t training) IB_NOEXCEPT;
IB_API int32_t ib_script_is_training(const ib_script* script) IB_NOEXCEPT;
/* Parameters (buffers 0) or buffers (1): result is an IB_TUPLE of name, tensor, name, tensor, ... */
IB_API ib_status ib_script_tensors(ib_script* script, int32_t buffers, ib_value* result) IB_NOEXCEPT;

/* ---- runtime ---- */

IB_API ib_status ib_manual_seed(int64_t seed) IB_NOEXCEPT;
/* The shared default generator of the CPU (device_type 0) or of a CUDA device. */
IB_API ib_status ib_generator_default(int32_t device_type, int32_t device_index, ib_generator** out) IB_NOEXCEPT;
IB_API ib_status ib_generator_new(int32_t device_type, int32_t device_index, int64_t seed, ib_generator** out) IB_NOEXCEPT;
IB_API void ib_generator_release(ib_generator* generator) IB_NOEXCEPT;
IB_API ib_status ib_generator_seed(ib_generator* generator, int64_t seed) IB_NOEXCEPT;
IB_API int64_t ib_generator_initial_seed(const ib_generator* generator) IB_NOEXCEPT;
IB_API ib_status ib_generator_state(const ib_generator* generator, ib_tensor** out) IB_NOEXCEPT;
IB_API ib_status ib_generator_set_state(ib_generator* generator, ib_tensor* state) IB_NOEXCEPT;
/* Threads inside one operator. With OpenMP the number holds for the calling thread, and for new ones the last one set. */
IB_API ib_status ib_set_num_threads(int32_t threads) IB_NOEXCEPT;
IB_API int32_t ib_num_threads(void) IB_NOEXCEPT;
IB_API ib_status ib_set_num_interop_threads(int32_t threads) IB_NOEXCEPT;
IB_API int32_t ib_num_interop_threads(void) IB_NOEXCEPT;
IB_API int32_t ib_cuda_is_available(void) IB_NOEXCEPT;
IB_API int32_t ib_cuda_cudnn_is_available(void) IB_NOEXCEPT;
IB_API int32_t ib_cuda_device_count(void) IB_NOEXCEPT;
/* device_index -1: the current device. */
IB_API ib_status ib_cuda_synchronize(int32_t device_index) IB_NOEXCEPT;
IB_API ib_status ib_cuda_manual_seed(int64_t seed, int32_t all_devices) IB_NOEXCEPT;

#ifdef __cplusplus
}
#endif
#endif
