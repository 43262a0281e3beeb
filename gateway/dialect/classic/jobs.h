// How batch jobs are spoken of with a classic service (its Batch Execution Service).
#pragma once

#include <string>
#include <string_view>

#include "gateway/endpoint/endpoint_settings.h"
#include "gateway/http/message.h"
#include "gateway/http/result.h"
#include "scoring/v1/batch.pb.h"

namespace scoregate::dialect::classic {

/// The submission of a job, by the service's API documents (api-version 2.0). Inputs, outputs and
/// parameters stand in bytewise order of their names; what the request leaves out is left out.
/// Faults: kRequestInvalid with the field to fix, kRequestTooLarge over the endpoint's limit,
/// kMethodNotFound where the endpoint has no batch jobs.
http::Result<http::HttpRequest> EncodeSubmit(const scoring::v1::CreateBatchJobRequest& request,
                                             const endpoint::EndpointSettings& settings);

/// What else is asked about a job.
enum class JobCall { kStart, kState, kCancel };

/// The job's id is one of http::IsJobId. Fault kMethodNotFound as above.
http::Result<http::HttpRequest> EncodeJobCall(JobCall call, std::string_view job_id,
                                              const endpoint::EndpointSettings& settings);

/// Reads the id of a submitted job, in quotes or bare. Fault kResponseInvalid where it is none.
http::Result<std::string> DecodeJobId(const http::HttpResponse& answer);

}  // namespace scoregate::dialect::classic
